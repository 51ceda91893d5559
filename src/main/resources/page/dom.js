// Elements, and what stands in them. Whatever comes from outside is set as text, never as markup.

/** An element; of the properties those with a hyphen and `role` become attributes. Children are elements or text. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name.includes('-') || name === 'role') {
      element.setAttribute(name, value);
    } else {
      element[name] = value;
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets a text only where it differs, so that nothing is told twice and no selection is lost. */
export function text(element, words) {
  if (element.textContent !== words) {
    element.textContent = words;
  }
}

/** Makes the children those of the items, in their order, and keeps each that is there already. */
export function keyed(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = old.get(key);
    if (child) {
      old.delete(key);
    } else {
      child = make(item);
      child.dataset.key = key;
    }
    update?.(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  old.forEach(child => child.remove());
}

/** `1 image`, `2 images`. */
export function count(number, one, more = one + 's') {
  return `${number.toLocaleString('en')} ${number === 1 ? one : more}`;
}

/** Words in which a command stands out, since it is typed or copied. */
export function sentence(element, words) {
  if (element.dataset.words === words) {
    return;
  }
  element.dataset.words = words;
  const command = words.match(/dropfolder [a-z]+ .*$/);
  element.replaceChildren(command ? words.slice(0, command.index) : words, command ? el('code', {textContent: command[0]}) : '');
}

const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit'});
const day = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});

/** A moment as people say it: today's without its day. */
export function moment(iso) {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? clock.format(at) : day.format(at);
}

/** A span of time as people say it. */
export function span(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bytes as people say them. */
export function size(bytes) {
  const units = ['bytes', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit < 1 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** An element that tells how long it is until a moment, or has been since one, as long as it is shown. */
export function ticking(element, iso, words) {
  if (iso) {
    element.dataset.at = iso;
    element.dataset.words = words;
    tick(element);
  } else {
    delete element.dataset.at;
    text(element, '');
  }
}

function tick(element) {
  const left = new Date(element.dataset.at) - Date.now();
  const since = element.dataset.words === 'since';
  text(element, since ? span(-left) : left > 0 ? `in ${span(left)}` : 'now');
}

setInterval(() => document.querySelectorAll('[data-at]').forEach(tick), 1000);

const PATIENCE = [1500, 3000, 6000];

/** A small picture, asked for again where the server was busy. Its name is told by whoever shows it. */
export function picture(dataset, image, alt, kind = 'images') {
  const source = `/api/datasets/${encodeURIComponent(dataset)}/${kind}/${image.id}/picture?v=${image.version}`;
  const element = el('img', {alt, loading: 'lazy', decoding: 'async', src: source});
  let tries = 0;
  element.addEventListener('error', () => {
    if (tries < PATIENCE.length) {
      setTimeout(() => { element.src = source; }, PATIENCE[tries++]);
    } else {
      element.src = '/page/nothing.svg';
    }
  });
  return element;
}
