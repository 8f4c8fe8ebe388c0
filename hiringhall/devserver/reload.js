// Loads the page again once the site it came from has been built anew. Only the development server sends this.
(() => {
  "use strict";
  const { src, dataset } = document.currentScript;
  let events = null;

  function listen() {
    if (events || document.hidden) return;
    events = new EventSource(new URL("events", src));
    events.onmessage = ({ data }) => {
      if (data !== dataset.epoch) location.reload();
    };
  }

  // A browser opens only six connections to a server: tabs that nobody looks at must not hold one.
  function stop() {
    events?.close();
    events = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
})();
