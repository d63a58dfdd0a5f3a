// Ties the forms of a page to allauth's passkey functions: each form says in `data-` which parts it has.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const { passkey, button, credential, options, alone } = form.dataset;
  const ids = { credential, data: options, passwordless: alone };
  const names = { loginForm: "login", authenticateForm: "authenticate", addForm: "add" };
  window.allauth.webauthn.forms[passkey]({ ids: { ...ids, [names[passkey]]: button } });
}
