// All datasets, a page at a time; a card each.
import {card as askCard, overview as askOverview} from './api.js';
import {accept} from './drop.js';
import {bar, chip, outlook, STAGES, upload} from './parts.js';
import {el, keyed, picture, text} from './dom.js';
import {train} from './orders.js';

const PAGE = 24;
const SINGLY = 6;
const PAUSE = 200;

export class Overview {
  scrolled = 0;
  #cards = new Map();
  #pages = 1;
  #more = null;
  #search;
  #house;
  #list = el('ul', {className: 'cards'});
  #head = el('h1', {className: 'unseen', textContent: 'Datasets'});
  #empty = el('section', {className: 'empty', hidden: true});
  #aside = el('p', {className: 'quiet', hidden: true});
  #next = el('button', {type: 'button', className: 'more', textContent: 'Show more', hidden: true, onclick: () => this.#turn()});

  constructor(search, house) {
    this.#search = search;
    this.#house = house;
    this.element = el('div', {className: 'overview'}, this.#head, this.#aside, this.#empty, this.#list, this.#next);
    let timer;
    search.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#restart(), PAUSE);
    });
  }

  /** Looks at the datasets of these names, or at all that are shown. */
  async look(names) {
    const known = names && [...names].filter(name => this.#cards.has(name));
    if (names && known.length === names.size && known.length > 0 && known.length <= SINGLY) {
      for (const name of known) {
        const card = await askCard(name);
        if (card) {
          this.#put(card);
        }
      }
      this.#show();
      return;
    }
    await this.#first();
  }

  /** How far large uploads are, of all datasets. */
  sent(uploads) {
    const now = new Map(uploads.map(each => [each.dataset, each]));
    for (const item of this.#list.children) {
      const card = this.#cards.get(item.dataset.key);
      card.upload = now.get(card.name) ?? null;
      upload(item, card);
    }
  }

  linkOf(name) {
    return this.#list.querySelector(`[data-key="${CSS.escape(name ?? '')}"] a`);
  }

  async #restart() {
    this.#pages = 1;
    this.#cards.clear();
    await this.#first();
  }

  /** What is new comes first; what is shown stays where it is. */
  async #first() {
    const page = await askOverview(this.#search.value.trim());
    const fresh = page.datasets.filter(card => !this.#cards.has(card.name));
    page.datasets.filter(card => this.#cards.has(card.name)).forEach(card => this.#put(card));
    const all = [...fresh, ...this.#cards.values()].slice(0, this.#pages * PAGE);
    this.#cards = new Map(all.map(card => [card.name, card]));
    if (fresh.length > 0 || page.more === null || this.#more === null) {
      this.#more = page.more;
    }
    this.#house(page);
    this.#words(page);
    this.#show();
  }

  async #turn() {
    this.#pages++;
    const page = await askOverview(this.#search.value.trim(), this.#more);
    const last = this.#list.lastElementChild;
    page.datasets.forEach(card => this.#put(card));
    this.#more = page.more;
    this.#show();
    last?.nextElementSibling?.querySelector('a')?.focus();
  }

  #put(card) {
    const before = this.#cards.get(card.name);
    if (before && before.stage !== card.stage) {
      text(document.getElementById('news'), `${card.name}: ${STAGES[card.stage]}. ${card.outlook.why}`);
    }
    this.#cards.set(card.name, card);
  }

  #words(page) {
    const searched = this.#search.value.trim();
    this.#aside.hidden = page.without_folder === 0;
    text(this.#aside, `${page.without_folder === 1 ? '1 file lay' : `${page.without_folder} files lay`} directly in the inbox, in no folder, `
      + 'and can\u2019t be used there. Put images into a folder that is named for the model.');
    this.#empty.hidden = page.found > 0;
    const key = page.found > 0 ? '' : `${searched}|${page.inbox}`;
    if (this.#empty.dataset.shown !== key) {
      this.#empty.dataset.shown = key;
      this.#empty.replaceChildren(...(searched ? nothingFound(searched) : beginning(page)));
    }
  }

  #show() {
    keyed(this.#list, [...this.#cards.values()], card => card.name, make, update);
    this.#next.hidden = this.#more === null;
    plan(this.#cards.values(), name => this.look(new Set([name])));
  }
}

function nothingFound(searched) {
  return [el('h2', {textContent: 'Nothing of that name'}), el('p', {textContent: `No dataset\u2019s name holds \u201c${searched}\u201d.`})];
}

function beginning({inbox, simulated}) {
  const step = (head, ...words) => el('li', {}, el('strong', {textContent: head}), el('span', {}, ...words));
  return [
    el('img', {src: '/page/icon.svg', alt: '', width: 72, height: 72}),
    el('h2', {textContent: 'Drop pictures, get a model'}),
    el('ol', {},
      step('Make a folder', 'named for the model, in ', el('code', {textContent: inbox})),
      step('Drop 15 images or more', 'into it: JPEG, PNG or WebP, and what can be made into one'),
      step('Watch it here', simulated ? 'while the simulator trains a model that is not real' : 'until the model\u2019s address can be copied'))];
}

function make(card) {
  const link = el('a', {href: `#/d/${encodeURIComponent(card.name)}`, textContent: card.name});
  const pictures = el('div', {className: 'mosaic', 'aria-hidden': 'true'});
  const approve = el('button', {type: 'button', className: 'main', textContent: 'Approve training', onclick: () => train(card.name)});
  const item = el('li', {className: 'card'},
    pictures,
    el('div', {className: 'body'},
      el('div', {className: 'head'}, el('h2', {}, link), chip()),
      bar(), upload(), outlook(), el('p', {className: 'beforehand', hidden: true}), approve));
  accept(item, card.name);
  return item;
}

function update(item, card) {
  const pictures = item.querySelector('.mosaic');
  pictures.dataset.count = card.images.length;
  keyed(pictures, card.images, image => `${image.id}-${image.version}`, image => picture(card.name, image, ''));
  chip(item, card);
  bar(item, card);
  outlook(item, card);
  upload(item, card);
  item.querySelector('.next').hidden ||= card.stage === 'READY';
  const beforehand = item.querySelector('.beforehand');
  beforehand.hidden = card.preflight === null;
  text(beforehand, card.preflight ?? '');
  item.querySelector('.main').hidden = card.stage !== 'APPROVAL';
}

let timer;

/** What changes by time alone is looked at when its time has come. */
function plan(cards, look) {
  clearTimeout(timer);
  const due = [...cards].filter(card => card.outlook.at && !card.outlook.comes_again)
    .map(card => ({name: card.name, left: new Date(card.outlook.at) - Date.now()}))
    .filter(({left}) => left > 0).sort((one, other) => one.left - other.left)[0];
  if (due) {
    timer = setTimeout(() => look(due.name).catch(() => {}), Math.min(due.left + 1000, 2 ** 31 - 1));
  }
}
