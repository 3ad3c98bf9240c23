// After a refused form: keyboard and screen reader begin at what is wrong.
document.querySelector(".error-summary[role=alert]")?.focus();
