// What every page does once it stands: a summary of mistakes takes the focus, so that it is read out and the way to the
// first field is short. Pages work without any of this.
"use strict";
document.getElementById("errors")?.focus();
