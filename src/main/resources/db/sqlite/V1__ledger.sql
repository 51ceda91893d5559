-- The ledger: what was dropped, what of it was sent, what was trained, and what was spent.
-- Times are milliseconds since 1970. Every state is changed by a conditional UPDATE, never blindly.

-- A folder of the inbox, and the dataset at Ideogram that it fills. The name '' is the inbox itself: what lies directly in it.
CREATE TABLE dataset (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT    NOT NULL UNIQUE,       -- as it was first seen
  folder_key   TEXT    NOT NULL UNIQUE,       -- by which its folders are known: NFC, small letters
  remote_name  TEXT    NOT NULL UNIQUE,
  remote_id    TEXT    UNIQUE,
  state        TEXT    NOT NULL,              -- NEW, INTENDED, IN_DOUBT, READY
  overflow_of  INTEGER REFERENCES dataset (id), -- it takes what finds no room there: trains only after approval
  adopted      BOOLEAN NOT NULL DEFAULT 0,    -- was there before we intended it: trains only after approval
  found_images INTEGER,                       -- images that an adopted one had; none until they were counted
  found_models TEXT,                          -- model ids that were found and are not followed, a line each
  owner        TEXT,
  expires_at   INTEGER,
  last_arrival INTEGER NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0,    -- in a row; the pause before the next try grows with them
  retry_at     INTEGER,
  trouble      TEXT                           -- why it waits, in words
);
-- Which datasets are of one chain: a first one, and those that take what finds no room in it.
CREATE INDEX dataset_chain ON dataset (coalesce(overflow_of, id));

-- An image or a caption that was dropped, or was a part of a container: an archive, or an image that is converted.
CREATE TABLE asset (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  kind         TEXT    NOT NULL,              -- IMAGE, CAPTION; containers: ORIGINAL, ARCHIVE
  state        TEXT    NOT NULL,              -- ARRIVING, ACCEPTED, BATCHED, UPLOADED, REJECTED, DUPLICATE
  becomes      TEXT    NOT NULL,              -- what an arriving one will be: ACCEPTED, REJECTED, DUPLICATE
  source       TEXT    NOT NULL,              -- where it was dropped, below the inbox
  target       TEXT    NOT NULL,              -- where it belongs, below the data folder
  moving_from  TEXT,                          -- where it still may be, until its move is done
  stem         TEXT    NOT NULL,              -- what pairs an image with its caption
  size         INTEGER NOT NULL,
  modified     INTEGER NOT NULL,
  version      TEXT    NOT NULL DEFAULT '',   -- what told it from another of that size and time, where it was dropped
  sha256       TEXT    NOT NULL,
  crc32        INTEGER NOT NULL,
  sent_name    TEXT,                          -- its name in the dataset
  sent_stem    TEXT,
  caption      TEXT,                          -- a caption's text; an image's, once a batch took it
  first_id     INTEGER REFERENCES asset (id), -- a duplicate's first copy
  batch_id     INTEGER REFERENCES batch (id),
  origin_id    INTEGER REFERENCES asset (id), -- a part's container
  part         INTEGER,                       -- and which of its parts it is
  tries        INTEGER NOT NULL DEFAULT 0,    -- how often it was sent in vain; a container: taken up since it last gave a part
  reason       TEXT,                          -- why it was set aside
  arrived_at   INTEGER NOT NULL,
  changed_at   INTEGER NOT NULL
);
CREATE UNIQUE INDEX asset_target   ON asset (target);
CREATE INDEX asset_source ON asset (source);
-- The last part of where it was dropped: the name that its owner gave it.
CREATE INDEX asset_own_name ON asset (substr(source, length(rtrim(source, replace(source, '/', ''))) + 1));
CREATE UNIQUE INDEX asset_arriving ON asset (source) WHERE state = 'ARRIVING' AND moving_from IS NULL;
CREATE UNIQUE INDEX asset_content  ON asset (dataset_id, sha256)    WHERE kind = 'IMAGE' AND becomes = 'ACCEPTED' AND state <> 'REJECTED';
CREATE UNIQUE INDEX asset_name     ON asset (dataset_id, sent_stem) WHERE kind = 'IMAGE' AND becomes = 'ACCEPTED' AND state <> 'REJECTED';
CREATE INDEX asset_state   ON asset (dataset_id, state, kind);
CREATE INDEX asset_room    ON asset (dataset_id, kind, becomes, state);
CREATE INDEX asset_stem    ON asset (dataset_id, stem);
CREATE INDEX asset_hash    ON asset (dataset_id, sha256);
CREATE INDEX asset_batch   ON asset (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX asset_first   ON asset (first_id) WHERE first_id IS NOT NULL;
CREATE INDEX asset_moving  ON asset (changed_at) WHERE state = 'ARRIVING' OR moving_from IS NOT NULL;
CREATE UNIQUE INDEX asset_part ON asset (origin_id, part) WHERE origin_id IS NOT NULL;
CREATE INDEX asset_container ON asset (dataset_id) WHERE kind IN ('ORIGINAL', 'ARCHIVE') AND state IN ('ARRIVING', 'ACCEPTED');
CREATE INDEX asset_caption ON asset (arrived_at) WHERE kind = 'CAPTION' AND state = 'ACCEPTED';
CREATE INDEX asset_aside   ON asset (changed_at, id) WHERE state IN ('REJECTED', 'DUPLICATE') AND moving_from IS NULL;
CREATE INDEX asset_rejected ON asset (dataset_id, changed_at, id) WHERE state = 'REJECTED';
CREATE INDEX asset_waiting ON asset (state, changed_at) WHERE state IN ('ACCEPTED', 'BATCHED');

-- What was measured of an image's content, of whichever file; written with the first that arrives.
CREATE TABLE look (
  sha256   TEXT PRIMARY KEY,
  measured TEXT NOT NULL                      -- JSON
) WITHOUT ROWID;

-- Images that go in one request.
CREATE TABLE batch (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  state        TEXT    NOT NULL,              -- CLAIMED, SENT, UPLOADED, RELEASED, IN_DOUBT
  owner        TEXT    NOT NULL,
  expires_at   INTEGER NOT NULL,
  count_before INTEGER NOT NULL,              -- images in the dataset when the batch was claimed
  images       INTEGER NOT NULL,
  bytes        INTEGER NOT NULL,
  claimed_at   INTEGER NOT NULL,
  sent_at      INTEGER,
  ended_at     INTEGER,
  trouble      TEXT
);
CREATE UNIQUE INDEX batch_open ON batch (dataset_id) WHERE state IN ('CLAIMED', 'SENT', 'IN_DOUBT');
CREATE INDEX batch_expiry ON batch (expires_at) WHERE state IN ('CLAIMED', 'SENT');

-- A training: about 40 dollars. One row a run of a dataset, written before anything is sent.
CREATE TABLE training (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  run          INTEGER NOT NULL,
  state        TEXT    NOT NULL,              -- WAITING, INTENDED, IN_DOUBT, RUNNING, COMPLETED, FAILED, ARCHIVED, STALLED, GONE
  model_name   TEXT    NOT NULL,
  hyperparameters TEXT,                       -- what is asked for beside it, as JSON; none where that is left to Ideogram
  model_id     TEXT    UNIQUE,
  images       INTEGER NOT NULL,
  price        TEXT,                          -- US dollars; none for a model that we did not start
  asked_at     INTEGER,                       -- since when a person is asked to approve it
  approved_at  INTEGER,
  owner        TEXT,
  expires_at   INTEGER,
  known_models TEXT,                          -- the dataset's model ids when it was intended, a line each
  created_at   INTEGER NOT NULL,
  intended_at  INTEGER,
  started_at   INTEGER,
  next_look    INTEGER,
  status       TEXT,                          -- Ideogram's last word
  uri          TEXT,
  uri_at       INTEGER,                       -- since when it is known
  ended_at     INTEGER,
  announced_at INTEGER,
  failures     INTEGER NOT NULL DEFAULT 0,    -- in a row, of starting it
  retry_at     INTEGER,
  trouble      TEXT,
  UNIQUE (dataset_id, run)
);
CREATE INDEX training_look ON training (next_look) WHERE next_look IS NOT NULL;

-- What may have been paid: a row for each request to train that was intended, gone only if it surely was not sent.
CREATE TABLE spending (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  training_id  INTEGER NOT NULL REFERENCES training (id),
  at           INTEGER NOT NULL,
  price        TEXT    NOT NULL               -- US dollars
);
CREATE INDEX spending_at ON spending (at);
CREATE INDEX spending_training ON spending (training_id);

-- What people set for a dataset's trainings in its folders, as each file there was read last.
CREATE TABLE folder_settings (
  source       TEXT    PRIMARY KEY,           -- where the file lies, below the inbox
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  settings     TEXT,                          -- JSON; none where it can't be used
  trouble      TEXT,                          -- why not, in words
  read_at      INTEGER NOT NULL
);
CREATE INDEX folder_settings_dataset ON folder_settings (dataset_id);
-- What an image shows that came without a caption, as Ideogram says it: a row for each content, written before anything is sent.
CREATE TABLE description (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256       TEXT    NOT NULL UNIQUE,       -- of the image: it is asked about once, in whichever dataset it lies
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id), -- in which it was when it was asked about
  state        TEXT    NOT NULL,              -- WAITING, INTENDED; WRITTEN, IN_DOUBT and NONE for ever
  text         TEXT,
  owner        TEXT,
  expires_at   INTEGER,
  since        INTEGER NOT NULL,              -- when an image began to wait for it
  asked_at     INTEGER,                       -- when it was intended; none if it surely was not sent: what counts in the budget
  failures     INTEGER NOT NULL DEFAULT 0,
  retry_at     INTEGER,
  trouble      TEXT                           -- why there is none, or none yet, in words
);
CREATE INDEX description_dataset ON description (dataset_id);
CREATE INDEX description_asked ON description (asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX description_open ON description (state) WHERE state IN ('WAITING', 'INTENDED');

-- A picture that is drawn with a finished model: a row for each training, written before anything is sent, and asked for once.
CREATE TABLE sample (
  training_id  INTEGER PRIMARY KEY REFERENCES training (id),
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  state        TEXT    NOT NULL,              -- WAITING, INTENDED, DRAWN, KEPT; IN_DOUBT and NONE for ever
  prompt       TEXT    NOT NULL,
  speed        TEXT    NOT NULL,
  price        TEXT,                          -- US dollars; none where nobody tells
  wanted_at    INTEGER NOT NULL,
  asked_at     INTEGER,                       -- when it was intended; none if it surely was not sent
  owner        TEXT,
  expires_at   INTEGER,
  next_try     INTEGER,                       -- of asking while it waits, of fetching once it is drawn
  tries        INTEGER NOT NULL DEFAULT 0,    -- of what comes next
  url          TEXT,                          -- where it can be fetched, for a short time
  target       TEXT    UNIQUE,                -- where it belongs, below the data folder
  ended_at     INTEGER,
  trouble      TEXT                           -- why there is none, or none yet, in words
);
CREATE INDEX sample_dataset ON sample (dataset_id);
CREATE INDEX sample_due ON sample (next_try) WHERE next_try IS NOT NULL;
CREATE INDEX sample_intended ON sample (expires_at) WHERE state = 'INTENDED';

-- What was sent and may have happened: it is looked for, and settled by what is found.
CREATE TABLE doubt (
  dataset_id   INTEGER NOT NULL REFERENCES dataset (id),
  what         TEXT    NOT NULL,              -- CREATION, BATCH, TRAINING
  since        INTEGER NOT NULL,
  looks        INTEGER NOT NULL DEFAULT 0,    -- that did not find it
  next_look    INTEGER,                       -- none: a person decides
  left_at      INTEGER,                       -- since when
  PRIMARY KEY (dataset_id, what)
);
CREATE INDEX doubt_look ON doubt (next_look) WHERE next_look IS NOT NULL;

-- What happened, in words; never changed afterwards.
CREATE TABLE history (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  at         INTEGER NOT NULL,
  dataset_id INTEGER REFERENCES dataset (id),
  what       TEXT    NOT NULL,
  detail     TEXT                             -- what was sent or came back, a line each
);
CREATE INDEX history_dataset ON history (dataset_id, id);

-- What this ledger is: whether it was begun for the simulator or for the real account.
CREATE TABLE nature (
  simulated BOOLEAN NOT NULL
);

-- Which datasets changed, and in which order: what is shown of them follows it. Triggers keep it, so that no write can forget it.
-- Not told are claims that are renewed and looks that found nothing new: of those nobody is shown anything.
CREATE TABLE changed (
  dataset_id INTEGER PRIMARY KEY REFERENCES dataset (id),
  revision   INTEGER NOT NULL                 -- grows with each change of any dataset
);
CREATE UNIQUE INDEX changed_revision ON changed (revision);

CREATE TRIGGER dataset_added AFTER INSERT ON dataset BEGIN
  INSERT INTO changed VALUES (NEW.id, (SELECT coalesce(max(revision), 0) + 1 FROM changed));
END;
CREATE TRIGGER dataset_changed AFTER UPDATE ON dataset
    WHEN (NEW.name, NEW.remote_name, NEW.remote_id, NEW.state, NEW.adopted, NEW.found_images, NEW.last_arrival, NEW.retry_at, NEW.trouble)
  IS NOT (OLD.name, OLD.remote_name, OLD.remote_id, OLD.state, OLD.adopted, OLD.found_images, OLD.last_arrival, OLD.retry_at, OLD.trouble) BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.id;
END;
CREATE TRIGGER asset_added AFTER INSERT ON asset BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER asset_changed AFTER UPDATE ON asset BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER asset_went_on AFTER UPDATE OF dataset_id ON asset WHEN OLD.dataset_id <> NEW.dataset_id BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = OLD.dataset_id;
END;
CREATE TRIGGER asset_withdrawn AFTER DELETE ON asset BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = OLD.dataset_id;
END;
CREATE TRIGGER batch_added AFTER INSERT ON batch BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER batch_changed AFTER UPDATE ON batch
    WHEN (NEW.state, NEW.images, NEW.trouble) IS NOT (OLD.state, OLD.images, OLD.trouble) BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER training_added AFTER INSERT ON training BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER training_changed AFTER UPDATE ON training
    WHEN (NEW.state, NEW.model_name, NEW.hyperparameters, NEW.model_id, NEW.images, NEW.price, NEW.approved_at, NEW.started_at, NEW.status, NEW.uri,
          NEW.ended_at, NEW.retry_at, NEW.trouble)
  IS NOT (OLD.state, OLD.model_name, OLD.hyperparameters, OLD.model_id, OLD.images, OLD.price, OLD.approved_at, OLD.started_at, OLD.status, OLD.uri,
          OLD.ended_at, OLD.retry_at, OLD.trouble) BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER folder_settings_added AFTER INSERT ON folder_settings BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER folder_settings_changed AFTER UPDATE ON folder_settings BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER folder_settings_gone AFTER DELETE ON folder_settings BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = OLD.dataset_id;
END;
CREATE TRIGGER description_changed AFTER UPDATE ON description WHEN (NEW.state, NEW.trouble) IS NOT (OLD.state, OLD.trouble) BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER sample_added AFTER INSERT ON sample BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER sample_changed AFTER UPDATE ON sample WHEN (NEW.state, NEW.target, NEW.trouble) IS NOT (OLD.state, OLD.target, OLD.trouble) BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER doubt_began AFTER INSERT ON doubt BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER doubt_left_to_a_person AFTER UPDATE ON doubt WHEN NEW.next_look IS NULL AND OLD.next_look IS NOT NULL BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = NEW.dataset_id;
END;
CREATE TRIGGER doubt_ended AFTER DELETE ON doubt BEGIN
  UPDATE changed SET revision = (SELECT max(revision) + 1 FROM changed) WHERE dataset_id = OLD.dataset_id;
END;

-- What whoever wants to know is told, in this order for a dataset: the next waits until the one before has ended.
CREATE TABLE notice (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT    NOT NULL UNIQUE DEFAULT ('msg_' || lower(hex(randomblob(16)))), -- the same at each try
  dataset_id INTEGER REFERENCES dataset (id), -- none: it tells of the server
  type       TEXT    NOT NULL,                -- such as training.completed
  at         INTEGER NOT NULL,                -- when that happened
  data       TEXT    NOT NULL,                -- JSON
  state      TEXT    NOT NULL DEFAULT 'WAITING', -- WAITING, DELIVERED, GIVEN_UP
  next_try   INTEGER NOT NULL,
  first_try  INTEGER,                         -- of the POST, once it passed the steps that people added: the day counts from there
  tries      INTEGER NOT NULL DEFAULT 0,
  refusals   INTEGER NOT NULL DEFAULT 0,      -- tries in a row whose answer was a no
  owner      TEXT,
  expires_at INTEGER,
  passed_at  INTEGER,                         -- when it was through the steps that people added
  ended_at   INTEGER,
  trouble    TEXT                             -- why the last try was in vain, in words
);
CREATE INDEX notice_waiting ON notice (dataset_id, id) WHERE state = 'WAITING';
CREATE INDEX notice_ended   ON notice (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX notice_server  ON notice (id) WHERE dataset_id IS NULL;

-- Notices are written with what they tell of, by triggers, so that no write can forget one and no kill can lose one.
CREATE TRIGGER training_told AFTER UPDATE ON training
    WHEN (NEW.state, NEW.model_id, NEW.uri, NEW.asked_at) IS NOT (OLD.state, OLD.model_id, OLD.uri, OLD.asked_at) BEGIN
  INSERT INTO notice (dataset_id, type, at, next_try, data)
  SELECT NEW.dataset_id, event.type, event.at, event.at, json_object(
    'run', NEW.run, 'state', NEW.state, 'model_name', NEW.model_name, 'model_id', NEW.model_id, 'custom_model_uri', NEW.uri,
    'images', NEW.images, 'price', NEW.price,
    'started', strftime('%Y-%m-%dT%H:%M:%fZ', NEW.started_at / 1000.0, 'unixepoch'),
    'ended', strftime('%Y-%m-%dT%H:%M:%fZ', NEW.ended_at / 1000.0, 'unixepoch'))
  FROM (SELECT 'training.waiting_for_approval' AS type, NEW.asked_at AS at WHERE NEW.asked_at IS NOT NULL AND OLD.asked_at IS NULL
    UNION ALL SELECT 'training.started', NEW.started_at WHERE NEW.model_id IS NOT NULL AND OLD.model_id IS NULL
    UNION ALL SELECT 'training.completed', max(NEW.ended_at, coalesce(NEW.uri_at, 0)) WHERE NEW.state = 'COMPLETED' AND NEW.uri IS NOT NULL
      AND (OLD.state <> 'COMPLETED' OR OLD.uri IS NULL)
    UNION ALL SELECT 'training.failed', NEW.ended_at WHERE NEW.state IN ('FAILED', 'ARCHIVED', 'GONE') AND NEW.state <> OLD.state) event;
END;
CREATE VIEW doubt_in_words AS SELECT o.dataset_id, o.what,
  CASE o.what WHEN 'TRAINING' THEN 'training' WHEN 'BATCH' THEN 'upload' ELSE 'dataset' END || '.in_doubt' AS type,
  CASE o.what WHEN 'TRAINING' THEN (SELECT trouble FROM training WHERE dataset_id = o.dataset_id AND state = 'IN_DOUBT')
    WHEN 'BATCH' THEN (SELECT trouble FROM batch WHERE dataset_id = o.dataset_id AND state = 'IN_DOUBT')
    ELSE (SELECT trouble FROM dataset WHERE id = o.dataset_id) END AS why
  FROM doubt o;
CREATE TRIGGER doubt_told AFTER INSERT ON doubt BEGIN
  INSERT INTO notice (dataset_id, type, at, next_try, data)
  SELECT dataset_id, type, NEW.since, NEW.since,
    json_object('why', why, 'left_to_a_person', json(iif(NEW.left_at IS NULL, 'false', 'true')))
  FROM doubt_in_words WHERE dataset_id = NEW.dataset_id AND what = NEW.what;
END;
CREATE TRIGGER doubt_left_told AFTER UPDATE ON doubt WHEN NEW.left_at IS NOT NULL AND OLD.left_at IS NULL BEGIN
  INSERT INTO notice (dataset_id, type, at, next_try, data)
  SELECT dataset_id, type, NEW.left_at, NEW.left_at, json_object('why', why, 'left_to_a_person', json('true'))
  FROM doubt_in_words WHERE dataset_id = NEW.dataset_id AND what = NEW.what;
END;
-- Files that are set aside are gathered for a minute in the dataset's last notice, while nobody has it; twenty are named.
CREATE TRIGGER file_told AFTER UPDATE OF state, reason ON asset
    WHEN NEW.state = 'REJECTED' AND NEW.reason IS NOT NULL AND (OLD.state <> 'REJECTED' OR OLD.reason IS NULL) BEGIN
  INSERT INTO notice (dataset_id, type, at, next_try, data)
  SELECT NEW.dataset_id, 'files.set_aside', NEW.changed_at, NEW.changed_at + 60000, json_object('count', 0, 'files', json_array())
  WHERE NOT EXISTS (SELECT 1 FROM notice n WHERE n.id = (SELECT max(id) FROM notice WHERE dataset_id = NEW.dataset_id AND state = 'WAITING')
    AND n.type = 'files.set_aside' AND n.tries = 0 AND n.next_try > NEW.changed_at);
  UPDATE notice SET data = json_set(CASE WHEN json_extract(data, '$.count') < 20
      THEN json_insert(data, '$.files[#]', json_object('file', NEW.source, 'reason', NEW.reason)) ELSE data END,
      '$.count', json_extract(data, '$.count') + 1)
  WHERE id = (SELECT max(id) FROM notice WHERE dataset_id = NEW.dataset_id AND state = 'WAITING');
END;
-- What is told next does not wait for that minute.
CREATE TRIGGER notice_gathered AFTER INSERT ON notice BEGIN
  UPDATE notice SET next_try = NEW.at
  WHERE id = (SELECT max(id) FROM notice WHERE dataset_id = NEW.dataset_id AND state = 'WAITING' AND id < NEW.id)
    AND type = 'files.set_aside' AND tries = 0 AND next_try > NEW.at;
END;
