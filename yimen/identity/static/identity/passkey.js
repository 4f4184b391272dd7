// Shows the buttons for passkeys where the browser knows them, and says what went wrong when one is refused.
document.addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential) return;
  for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;
});
document.addEventListener("allauth.error", (event) => {
  const line = document.getElementById("passkey-error");
  if (!line) return;
  event.preventDefault();
  line.hidden = false;
});
