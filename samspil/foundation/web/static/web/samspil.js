// The design system's own script is run anew on the parts of a page that htmx puts in.
// Nothing on any page depends on this file: it only makes some parts smoother.
(function () {
  "use strict";

  function ready(scope) {
    if (window.DKFDS) {
      window.DKFDS.init({ scope: scope });
    }
  }

  // A menu that was opened closes when one clicks elsewhere or presses Escape.
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!except || !menu.contains(except)) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    ready(document.body);
    var summary = document.querySelector("[data-focus-first]");
    if (summary) {
      summary.focus();
    }
  });
  document.addEventListener("htmx:load", function (event) {
    if (event.detail.elt !== document.body) {
      ready(event.detail.elt);
    }
  });
  document.addEventListener("click", function (event) {
    closeMenus(event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      closeMenus(null);
    }
  });
})();
