// Makes the time of the build the present for the scripts of a page. Only the development server sends this, with --now.
(() => {
  "use strict";
  const now = Date.parse(document.currentScript.dataset.now);
  window.Date = class extends Date {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now]));
    }

    static now() {
      return now;
    }
  };
})();
