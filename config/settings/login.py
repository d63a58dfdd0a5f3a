"""Settings of log-in and session: name and password, a second factor, passkeys. No sign-up and no e-mail."""

from datetime import timedelta

from config.settings import environment as env

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["samspil.foundation.accounts.backends.LocalLogin"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "access:act_for"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # how long the link to choose a first password works

ACCOUNT_ADAPTER = "samspil.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "samspil.foundation.accounts.forms.NameAndPassword",
    "reauthenticate": "samspil.foundation.accounts.forms.PasswordAgain",
    "change_password": "samspil.foundation.accounts.forms.NewPassword",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser; there is no "remember me"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Beside allauth's own: 30 log-ins a minute from one address, 5 failed ones in 5 minutes for one name.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key", "reauthenticate": "5/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.text("SAMSPIL_PROXIES", "0"))

MFA_ADAPTER = "samspil.foundation.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "samspil.foundation.accounts.forms.SecondStep",
    "reauthenticate": "samspil.foundation.accounts.forms.CodeAgain",
    "activate_totp": "samspil.foundation.accounts.forms.CodeOfTheApp",
    "add_webauthn": "samspil.foundation.accounts.forms.AddPasskey",
    "edit_webauthn": "samspil.foundation.accounts.forms.RenamePasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Shown again to whoever confirms who it is: "once" would write in a request that only reads.
MFA_RECOVERY_CODES_SHOW_ONCE = False
MFA_TOTP_ISSUER = "Samspil"
MFA_TOTP_TOLERANCE = 1
# A passkey belongs to a name, not to an address with a port; browsers allow `localhost` without TLS.
SAMSPIL_PASSKEY_HOST = env.text("SAMSPIL_PASSKEY_HOST", "localhost")

# In production staff need a second factor before they reach any other page, and no invented human exists.
SAMSPIL_DEMANDS_SECOND_FACTOR = env.IS_PRODUCTION
SAMSPIL_ALLOWS_DEMO_ACCOUNTS = not env.IS_PRODUCTION

SESSION_ENGINE = "samspil.foundation.accounts.sessions"
SAMSPIL_SESSION_IDLE = timedelta(minutes=int(env.text("SAMSPIL_SESSION_IDLE_MINUTES", "15")))
SAMSPIL_SESSION_LONGEST = timedelta(hours=int(env.text("SAMSPIL_SESSION_LONGEST_HOURS", "10")))
SESSION_COOKIE_AGE = int(SAMSPIL_SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
