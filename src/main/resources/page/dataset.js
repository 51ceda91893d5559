// A dataset by itself: all its images, what was set aside and why, its trainings, its model.
import {details} from './api.js';
import {accept, chooser} from './drop.js';
import {bar, chip, copyable, outlook, upload} from './parts.js';
import {count, el, keyed, moment, picture, span, text, ticking} from './dom.js';
import {retry, train} from './orders.js';
import {check, preflight} from './preflight.js';

const ENDS = {COMPLETED: 'Completed', FAILED: 'Failed', ARCHIVED: 'Archived', STALLED: 'Takes very long', GONE: 'Gone',
  RUNNING: 'Under way', INTENDED: 'Being started', IN_DOUBT: 'In doubt', WAITING: 'Waits'};
const SAMPLES = {WAITING: 'To be drawn', INTENDED: 'Being drawn', DRAWN: 'Drawn, being fetched,', KEPT: 'Drawn',
  IN_DOUBT: 'Perhaps drawn', NONE: 'Not drawn'};
const TRAIN = {approve: 'Approve training', start: 'Train now', again: 'Train once more'};
let timer;

export class Dataset {
  #parts = {};

  constructor(name) {
    this.name = name;
    const part = (key, element) => { this.#parts[key] = element; return element; };
    this.heading = el('h1', {tabIndex: -1, textContent: name});
    const again = el('button', {type: 'button', hidden: true, textContent: 'Try again', onclick: () => retry(name, again)});
    this.element = el('article', {className: 'dataset'},
      el('a', {className: 'back', href: '#/', textContent: '\u2190 All datasets'}),
      part('top', el('header', {className: 'sheet'},
        el('div', {className: 'head'}, this.heading, chip()), part('remote', el('p', {className: 'quiet'})),
        part('folder', el('p', {className: 'quiet', hidden: true})),
        part('model', el('div', {hidden: true})), bar(), upload(), outlook(),
        el('div', {className: 'buttons'}, part('train', el('button', {type: 'button', hidden: true, onclick: () => train(name)})),
          chooser(name), part('retry', again)))),
      part('missing', el('p', {className: 'quiet', hidden: true,
        textContent: 'Nothing was ever dropped for a dataset of this name.'})),
      part('preflight', preflight()), part('aside', section('Set aside', 'asides')),
      part('samples', section('Drawn by the model', 'samples')), part('images', section('Images', 'images')),
      part('trainings', section('Trainings', 'trainings')), part('copies', section('There already', 'copies')));
    this.#parts.images.querySelector('h2').after(el('a', {className: 'sheet-link', target: '_blank',
      href: `/api/datasets/${encodeURIComponent(name)}/sheet`, textContent: 'All on one sheet'}));
    accept(this.element, name);
  }

  leave() {
    clearTimeout(timer);
  }

  async look(names) {
    if (names && !names.has(this.name)) {
      return;
    }
    const page = await details(this.name);
    this.#parts.missing.hidden = page !== null;
    this.#parts.top.hidden = page === null;
    if (page) {
      this.#show(page);
    }
  }

  /** How far large uploads are, of all datasets. */
  sent(uploads) {
    upload(this.element, {upload: uploads.find(each => each.dataset === this.name)});
  }

  #show(page) {
    const {dataset} = page;
    const parts = this.#parts;
    chip(this.element, dataset);
    bar(this.element, dataset);
    outlook(this.element, dataset);
    upload(this.element, dataset);
    text(parts.remote, page.remote_name === dataset.name ? '' : `At Ideogram: ${page.remote_name}`);
    this.#folder(page.folder, dataset.outlook);
    this.#model(dataset);
    parts.train.hidden = page.orders.train === null;
    parts.train.className = page.orders.train === 'again' ? '' : 'main';
    text(parts.train, TRAIN[page.orders.train] ?? '');
    parts.retry.hidden = !page.orders.retry;
    check(parts.preflight, dataset.name, page.preflight);
    fill(parts.images, dataset.images.length, dataset.images, image => `${image.id}-${image.version}-${image.described ?? ''}`,
      image => imageOf(dataset.name, image), (item, image) => item.classList.toggle('coming', !image.uploaded));
    fill(parts.samples, page.samples.length, page.samples, each => JSON.stringify(each), each => sample(dataset.name, each));
    fill(parts.aside, page.set_aside_in_all, page.set_aside, each => each.file + each.reason + (each.image?.id ?? ''),
      each => aside(dataset.name, each));
    fill(parts.trainings, page.trainings.length, page.trainings, each => JSON.stringify({...each, next: null}), training);
    fill(parts.copies, page.copies_in_all, page.copies, each => `${each.file}|${each.same}`,
      each => el('li', {textContent: `${each.file} is the same picture as ${each.same}`}));
    this.#plan(dataset.outlook);
  }

  /** What people set in the folder; what stands against a training is told once. */
  #folder(folder, {why}) {
    const words = folder === null ? [] : folder.words;
    const trouble = folder !== null && folder.trouble !== null && !why.includes(folder.trouble) ? folder.trouble : '';
    const place = this.#parts.folder;
    place.hidden = words.length === 0 && trouble === '';
    text(place, words.length === 0 ? trouble : `${trouble} dropfolder.yaml sets: ${words.join(' \u00b7 ')}`.trim());
  }

  #model({model}) {
    const place = this.#parts.model;
    place.hidden = model === null;
    if (model !== null && place.dataset.uri !== model) {
      place.dataset.uri = model;
      place.replaceChildren(el('p', {className: 'label', textContent: 'The model\u2019s address'}), copyable(model, 'the model\u2019s address'));
    }
  }

  #plan({at, comes_again: again}) {
    clearTimeout(timer);
    const left = at && !again ? new Date(at) - Date.now() : 0;
    if (left > 0) {
      timer = setTimeout(() => this.look(null).catch(() => {}), Math.min(left + 1000, 2 ** 31 - 1));
    }
  }
}

function section(title, kind) {
  return el('section', {hidden: true}, el('h2', {}, `${title} `, el('span', {className: 'number'})),
    el('ul', {className: kind}), el('p', {className: 'quiet'}));
}

/** A section shows its items, tells how many there are in all, and is not there without any. */
function fill(place, inAll, items, keyOf, make, update) {
  place.hidden = inAll === 0;
  text(place.querySelector('.number'), inAll.toLocaleString('en'));
  keyed(place.querySelector('ul'), items, keyOf, make, update);
  text(place.lastElementChild, inAll > items.length ? `and ${count(inAll - items.length, 'more', 'more')}` : '');
}

function imageOf(dataset, image) {
  return el('li', {}, el('figure', {}, picture(dataset, image, ''), el('figcaption', {textContent: image.name, title: image.name}),
    image.described && el('p', {className: 'described', title: image.described},
      el('span', {className: 'machine', textContent: 'By a machine'}), ` ${image.described}`)));
}

/** What a model drew, with the words that it was asked for and what they cost; or why there is none. */
function sample(dataset, {run, state, prompt, speed, cost, lies, version, trouble}) {
  return el('li', {'data-state': state}, lies && picture(dataset, {id: run, version}, `What the model drew of: ${prompt}`, 'samples'),
    el('div', {}, el('p', {}, `\u201c${prompt}\u201d`),
      el('p', {className: 'quiet', textContent: `${SAMPLES[state] ?? state} with run ${run} \u00b7 ${speed}, ${cost}`}),
      lies && el('p', {className: 'quiet', textContent: lies}), trouble && el('p', {textContent: trouble})));
}

function aside(dataset, {file, reason, image}) {
  return el('li', {}, image ? picture(dataset, image, '') : el('img', {src: '/page/nothing.svg', alt: ''}),
    el('div', {}, el('strong', {textContent: file}), el('p', {textContent: reason})));
}

function training(each) {
  const words = [count(each.images, 'image'), each.hyperparameters, cost(each)].filter(Boolean);
  if (each.started) {
    words.push(`started ${moment(each.started)}`);
  }
  const time = el('time');
  if (each.started && each.ended) {
    text(time, `took ${span(new Date(each.ended) - new Date(each.started))}`);
  } else if (each.started) {
    ticking(time, each.started, 'since');
  }
  return el('li', {'data-state': each.state},
    el('p', {}, el('strong', {textContent: `Run ${each.run}`}), ` ${ENDS[each.state] ?? each.state}`,
      each.state === 'RUNNING' && each.status ? ` (${each.status})` : ''),
    el('p', {className: 'quiet'}, words.join(' \u00b7 '), each.started ? ' \u00b7 ' : '', time),
    el('p', {className: 'quiet', textContent: `Model ${each.model_name}${each.model_id ? `, ${each.model_id}` : ''}`}),
    each.trouble && el('p', {textContent: each.trouble}),
    each.uri && copyable(each.uri, `the address of run ${each.run}`));
}

function cost({price, paid}) {
  return price === null ? 'not paid from here' : `${paid ? '' : 'will cost '}about ${price} US dollars`;
}
