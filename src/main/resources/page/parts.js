// What cards and the page of a dataset have in common. Each part makes itself when called with nothing, and is brought up
// to date with the element that holds it.
import {count, el, keyed, sentence, size, span, text, ticking} from './dom.js';

export const STAGES = {COLLECTING: 'Collecting', COMPLETE: 'Enough images', APPROVAL: 'Waits for you', TRAINING: 'Training',
  READY: 'Ready', ENDED: 'Ended', PAUSED: 'Paused', DOUBT: 'In doubt'};
/** With more the bar is one piece. */
const PIECES = 40;

export function chip(holder, card) {
  if (!holder) {
    return el('span', {className: 'chip'});
  }
  const element = holder.querySelector('.chip');
  element.dataset.stage = card.stage;
  text(element, STAGES[card.stage]);
}

/** How many of those that a training needs are there, a piece each; those on the way are lighter. */
export function bar(holder, card) {
  if (!holder) {
    return el('div', {className: 'progress'},
      el('div', {className: 'bar', role: 'progressbar', 'aria-label': 'Images for a training', 'aria-valuemin': 0}),
      el('p', {className: 'count'}));
  }
  const element = holder.querySelector('.bar');
  const pieces = card.needed <= PIECES;
  const there = Math.min(card.there, card.needed);
  const coming = Math.min(card.there + card.pending, card.needed);
  element.setAttribute('aria-valuemax', card.needed);
  element.setAttribute('aria-valuenow', there);
  element.setAttribute('aria-valuetext', counted(card));
  keyed(element, pieces ? [...Array(card.needed).keys()] : ['all'], each => each, () => el('span'), (piece, place) => {
    piece.className = place < there ? 'there' : place < coming ? 'coming' : '';
    if (!pieces) {
      piece.className = 'there';
      piece.style.width = `${100 * there / card.needed}%`;
    }
  });
  text(holder.querySelector('.count'), counted(card));
}

function counted({there, needed, pending, rejected}) {
  const parts = [there < needed ? `${there} of ${needed} images` : count(there, 'image')];
  if (pending > 0) {
    parts.push(`${pending} on the way`);
  }
  if (rejected > 0) {
    parts.push(`${rejected.toLocaleString('en')} set aside`);
  }
  return parts.join(' \u00b7 ');
}

/** How far a large upload is, where one is under way. Nobody is told of each step: who wants to know looks, or goes there. */
export function upload(holder, card) {
  if (!holder) {
    return el('div', {className: 'upload', hidden: true},
      el('div', {className: 'flow', role: 'progressbar', 'aria-label': 'Upload to Ideogram', 'aria-valuemin': 0, 'aria-valuemax': 100},
        el('span')), el('p', {className: 'count'}));
  }
  const now = card.upload;
  const place = holder.querySelector('.upload');
  place.hidden = !now;
  if (now) {
    const part = Math.floor(100 * now.bytes / now.of);
    const element = place.querySelector('.flow');
    element.setAttribute('aria-valuenow', part);
    element.setAttribute('aria-valuetext', sent(now));
    element.firstElementChild.style.width = `${part}%`;
    text(place.querySelector('.count'), sent(now));
  }
}

function sent({bytes, of, rate, seconds_left: left}) {
  if (bytes >= of) {
    return `${size(of)} sent, waiting for the answer`;
  }
  return `${size(bytes)} of ${size(of)} sent, ${rate > 0 ? `${size(rate)}/s` : 'standing still'}`
    + (left === null ? '' : `, about ${span(left * 1000)} left`);
}

/** What it waits for, and what comes next; where a button stands for that, the button tells it. */
export function outlook(holder, card) {
  if (!holder) {
    return el('div', {className: 'outlook'}, el('p', {className: 'why'}), el('p', {className: 'next'}, el('span'), ' ', el('time')));
  }
  const {why, next, at, comes_again: again} = card.outlook;
  holder.querySelector('.next').hidden = card.stage === 'APPROVAL';
  text(holder.querySelector('.why'), why);
  sentence(holder.querySelector('.next span'), next);
  ticking(holder.querySelector('.next time'), again ? null : at, 'until');
}

/** A text with a button that copies it. */
export function copyable(words, what) {
  const button = el('button', {type: 'button', className: 'copy', textContent: 'Copy', 'aria-label': `Copy ${what}`});
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(words);
      text(button, 'Copied');
    } catch {
      // only pages that are reached safely may write there: it is marked, to be copied by hand
      getSelection().selectAllChildren(button.previousElementSibling);
      text(button, 'Press Ctrl+C');
    }
    setTimeout(() => text(button, 'Copy'), 2500);
  });
  return el('div', {className: 'copyable'}, el('code', {textContent: words}), button);
}
