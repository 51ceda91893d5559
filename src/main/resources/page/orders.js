// What a person orders: always asked once more where it costs money, and answered in the server's words.
import {details, enter, forgetToken, hasToken, keepToken, order} from './api.js';
import {count, el} from './dom.js';

const dialog = document.getElementById('question');
const said = document.getElementById('said');
let fading;
let asked = false;

/** Says something at the page's foot for a while. */
export function say(words, good = true) {
  clearTimeout(fading);
  said.hidden = false;
  said.dataset.good = good;
  said.textContent = words;
  fading = setTimeout(() => { said.hidden = true; }, 12000);
}

/** Asks; answers whether it was agreed to. */
function ask(title, words, yes) {
  return new Promise(resolve => {
    const no = el('button', {type: 'button', textContent: yes ? 'Not now' : 'Close', onclick: () => dialog.close('')});
    const agreed = yes && el('button', {type: 'button', className: 'main', textContent: yes, onclick: () => dialog.close('yes')});
    dialog.replaceChildren(el('h2', {id: 'question-title', textContent: title}), ...words, el('div', {className: 'buttons'}, no, agreed));
    dialog.returnValue = '';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
    dialog.showModal();
    (dialog.querySelector('input') ?? no).focus();
  });
}

/** Whether this page may steer; tells how it may where it can't. */
export async function maySteer() {
  return hasToken() || askToken('This page only looks', 'To start trainings, try files again or add images, open it');
}

/** Asks for the token where nothing is shown without it. */
export async function letIn() {
  if (asked) {
    return;
  }
  asked = true;
  if (await askToken('This page needs its link', 'To see anything here, open it')) {
    location.reload();
  }
}

async function askToken(title, why) {
  const token = el('input', {type: 'text', id: 'token', autocomplete: 'off', spellcheck: false,
    onkeydown: event => event.key === 'Enter' && dialog.close('yes')});
  const agreed = await ask(title, [
    el('p', {textContent: `${why} by the link that the server prints when it starts: `
      + 'it ends in #token=\u2026 and stays good for this tab.'}),
    el('label', {htmlFor: 'token', textContent: 'Or give the token alone'}), token], 'Use it');
  if (agreed && token.value.trim()) {
    keepToken(token.value.trim());
    await enter();
    return hasToken();
  }
  return false;
}

async function carryOut(dataset, what) {
  const answer = await order(dataset, what);
  if (answer.refused) {
    refused();
  } else {
    say(answer.message || 'Done.', answer.done);
  }
}

/** The token was not taken: it is another server's, or of an earlier start. */
export function refused() {
  forgetToken();
  say('The server does not know this token: it may have been started anew. Open the page by the link that it printed then.', false);
}

/** Approves or starts a training, once its price was agreed to. */
export async function train(dataset) {
  if (!await maySteer()) {
    return;
  }
  const page = await details(dataset);
  if (!page?.orders.train) {
    say('There is no training to start now.', false);
    return;
  }
  const again = page.orders.train === 'again';
  const agreed = await ask(again ? `Train \u201c${dataset}\u201d once more?` : `Train \u201c${dataset}\u201d?`, [
    el('p', {className: 'price', textContent: `It costs ${page.orders.price}.`}),
    el('p', {textContent: `${count(page.dataset.there, 'image is', 'images are')} in its dataset`
      + (page.dataset.pending > 0 ? `, and ${page.dataset.pending} on the way. ` : '. ')
      + (page.simulated ? '' : 'What is spent is not given back.')})],
  again ? 'Train once more' : page.orders.train === 'approve' ? 'Approve training' : 'Start training');
  if (agreed) {
    await carryOut(dataset, again ? 'train?again=true' : 'train');
  }
}

/** Tries again what was set aside, is in doubt, or pauses. It costs nothing by itself. */
export async function retry(dataset, button) {
  if (!await maySteer()) {
    return;
  }
  button.disabled = true;
  say('Looking at it again\u2026');
  await carryOut(dataset, 'retry');
  button.disabled = false;
}
