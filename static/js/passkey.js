/* Joins a form marked data-passkey with the browser's passkeys; without this it stays hidden. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;

  const fault = form.querySelector("[data-passkey-fault]");
  const ids = { credential: "passkey-credential", data: "passkey-data" };
  const { addForm, authenticateForm, loginForm } = window.allauth.webauthn.forms;
  const join = { add: addForm, authenticate: authenticateForm, login: loginForm };
  const kind = form.dataset.passkey;
  const own = { add: "add", authenticate: "authenticate", login: "login" }[kind];
  join[kind]({ ids: { ...ids, [own]: "passkey-button", passwordless: "id_passwordless" } });
  form.hidden = false;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    fault.textContent =
      "That did not work: the device was not confirmed, or holds no passkey for this site. Try again, or take another way.";
    fault.hidden = false;
  });
})();
