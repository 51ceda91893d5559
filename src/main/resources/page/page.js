// The page: which of its two views is shown, and that it stays true.
import {el, text} from './dom.js';
import {Away, Closed, enter, takeToken} from './api.js';
import {letIn} from './orders.js';
import {follow} from './live.js';
import {Overview} from './overview.js';
import {Dataset} from './dataset.js';

const main = document.getElementById('main');
const search = document.getElementById('search');
const find = document.getElementById('find');
const overview = new Overview(search, house);
let view = null;

/** What stands above all datasets. */
function house({simulated, troubles}) {
  document.getElementById('simulated').hidden = !simulated;
  const area = document.getElementById('troubles');
  const words = JSON.stringify(troubles.map(trouble => trouble.words));
  if (area.dataset.words !== words) {
    area.dataset.words = words;
    area.replaceChildren(...troubles.map(trouble => el('p', {className: 'trouble', textContent: trouble.words})));
  }
  find.hidden = false;
}

function state(now) {
  const live = document.getElementById('live');
  live.dataset.state = now;
  text(document.getElementById('live-words'), {live: 'Live', asks: 'Every 5 s', away: 'Not reached', closed: 'Needs its link'}[now]);
}

let wish = new Set();
let everything = false;
let busy = false;

/** One look after the other; what changes meanwhile is looked at next. */
async function changed(names) {
  everything ||= names === null;
  names?.forEach(name => wish.add(name));
  if (busy) {
    return;
  }
  busy = true;
  try {
    while (everything || wish.size > 0) {
      const wanted = everything ? null : wish;
      everything = false;
      wish = new Set();
      await look(wanted);
    }
  } catch (failure) {
    if (!(failure instanceof Away)) {
      throw failure;
    }
    if (failure instanceof Closed) {
      letIn();
    }
    state(failure instanceof Closed ? 'closed' : 'away');
  } finally {
    busy = false;
  }
}

async function look(wanted) {
  if (view !== overview) {
    await view.look(wanted);
  }
  await overview.look(wanted);
  if (['away', 'closed'].includes(document.getElementById('live').dataset.state)) {
    state('asks');
  }
}

/** `#/d/garden` shows a dataset, all else the overview. */
function turn() {
  if (location.hash === '#main') {
    main.focus();
    return;
  }
  if (takeToken()) {
    enter().then(() => location.reload());
    return;
  }
  const named = location.hash.match(/^#\/d\/(.+)$/);
  const before = view;
  view?.leave?.();
  view = named ? new Dataset(decode(named[1])) : overview;
  document.title = named ? `${decode(named[1])} \u2013 Dropfolder` : 'Dropfolder';
  main.replaceChildren(view.element);
  find.classList.toggle('away', Boolean(named));
  if (before !== null) {
    scrollTo(0, named ? 0 : overview.scrolled);
    (view.heading ?? overview.linkOf(before.name) ?? main).focus({preventScroll: !named});
  }
  if (named) {
    changed([view.name]);
  }
}

function decode(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

// a file that misses its place must not take the page's
for (const kind of ['dragover', 'drop']) {
  addEventListener(kind, event => event.preventDefault());
}
takeToken();
await enter();
turn();
addEventListener('hashchange', turn);
addEventListener('scroll', () => { if (view === overview) { overview.scrolled = scrollY; } }, {passive: true});
follow(changed, uploads => new Set([overview, view]).forEach(each => each.sent(uploads)), state);
