// Learns that something changed: from the server's events, or by asking every few seconds where they don't come.

const POLL = 5000;
const AGAIN = 60000;

/**
 * Calls `changed(names)` with the names of datasets that changed; with null for look at everything.
 * `sent` is told how far all large uploads are; `state` is told `live`, `asks` or `away`.
 */
export function follow(changed, sent, state) {
  let polling = null;

  function poll() {
    polling ??= setInterval(() => changed(null), POLL);
  }

  function connect() {
    const events = new EventSource('/api/events');
    events.addEventListener('hello', () => {
      clearInterval(polling);
      polling = null;
      state('live');
      changed(null);
    });
    events.addEventListener('change', event => {
      const {datasets, all} = JSON.parse(event.data);
      changed(all ? null : datasets);
    });
    events.addEventListener('uploads', event => sent(JSON.parse(event.data)));
    events.addEventListener('error', () => {
      state('asks');
      poll();
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(connect, AGAIN);
      }
    });
  }

  connect();
  // a page that was asleep may have missed something
  document.addEventListener('visibilitychange', () => document.hidden || changed(null));
}
