// What the language service of VS Code makes of the schemas. Usage: node language-service.mjs REPOSITORY FOLDER, where
// FOLDER has the schemas of `comity schema --with-ids`.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import languageService from 'vscode-json-languageservice';

const { ClientCapabilities, getLanguageService, TextDocument } = languageService;

const [repository, withIds] = process.argv.slice(2).map((folder) => resolve(folder));
const address = (path) => pathToFileURL(path).toString();
const read = (path) => readFileSync(path, 'utf8');

// The schemas of the settings as VS Code reads them, or those with ids in their place.
function service(schemas) {
  const settings = JSON.parse(read(join(repository, '.vscode/settings.json')))['json.schemas'];
  const service = getLanguageService({
    schemaRequestService: async (uri) => read(new URL(uri)),
    clientCapabilities: ClientCapabilities.LATEST,
  });
  service.configure({
    allowComments: false,
    schemas: settings.map(({ fileMatch, url }) => ({
      // VS Code takes a pattern that begins with a slash from the folder that is open.
      fileMatch: fileMatch.map((pattern) => address(repository) + pattern),
      uri: address(schemas && !url.includes('dataset') ? join(schemas, url.split('/').pop()) : join(repository, url)),
    })),
  });
  return service;
}
const plain = service();
const known = service(withIds);

// A new record; `|` is where the cursor stands.
function open(text, path = 'data/event/a-new-record.json') {
  const offset = text.indexOf('|');
  const document = TextDocument.create(address(join(repository, path)), 'json', 1, text.replace('|', ''));
  return { document, position: document.positionAt(Math.max(offset, 0)) };
}

async function offered(service, text, path) {
  const { document, position } = open(text, path);
  const json = service.parseJSONDocument(document);
  const { items } = await service.doComplete(document, position, json);
  const documentation = ({ documentation }) => documentation?.value ?? documentation ?? '';
  return new Map(items.map((item) => [item.label.replaceAll('"', ''), documentation(item)]));
}

async function hovered(service, text, path) {
  const { document, position } = open(text, path);
  const hover = await service.doHover(document, position, service.parseJSONDocument(document));
  return [hover?.contents ?? []].flat().map((part) => part.value ?? part).join('\n');
}

async function told(service, text, path) {
  const { document } = open(text, path);
  const found = await service.doValidation(document, service.parseJSONDocument(document), {}, undefined);
  return found.map(({ message }) => message);
}

const tries = {
  async 'a new file is offered its fields'() {
    const fields = await offered(plain, '{ "|" }');
    for (const field of ['names', 'type', 'when', 'participants', 'evidence']) assert.ok(fields.has(field), field);
    assert.match(fields.get('when'), /first and the last day/);
    assert.ok((await offered(plain, '{ "|" }', 'data/source/a-page.json')).has('publisher'), 'of another kind');
    assert.ok((await offered(plain, '{ "|" }', 'data/event/2024/a-visit.json')).has('participants'), 'in a folder below');
  },
  async 'a code is offered with what it means'() {
    const codes = await offered(plain, '{ "type": "|" }');
    assert.match(codes.get('visit') ?? '', /trip/);
    const roles = await offered(plain, '{ "participants": { "nato": { "roles": ["|"] } } }');
    assert.ok(roles.has('host') && !roles.has('visit'), [...roles.keys()].join());
  },
  async 'an id is offered as a key, with its name'() {
    const actors = await offered(known, '{ "participants": { "|" } }');
    assert.equal(actors.get('nato'), 'North Atlantic Treaty Organization');
    assert.ok(!actors.has('rabat'), 'a place is no actor');
    const sources = await offered(known, '{ "evidence": { "|" } }');
    assert.ok(sources.size > 100 && [...sources.values()].every((name) => name.endsWith('\\)')), 'with their days');
    const related = await offered(known, '{ "related": { "|" } }');
    assert.ok(related.has('event:rabat-seminar-2019') && related.has('actor:nato'));
  },
  async 'an id is offered as a value, with its name'() {
    const places = await offered(known, '{ "places": ["|"] }');
    assert.equal(places.get('rabat'), 'Rabat');
    assert.ok(!places.has('nato'), 'an actor is no place');
    const under = await offered(known, '{ "under": ["|"] }');
    assert.equal(under.get('framework:mediterranean-dialogue'), 'Mediterranean Dialogue');
    const speakers = await offered(known, '{ "speaker": "|" }', 'data/statement/a-word.json');
    assert.ok(speakers.has('nato'));
  },
  async 'without ids, none is offered'() {
    assert.ok(!(await offered(plain, '{ "places": ["|"] }')).has('rabat'));
  },
  async 'a field, a code and an id say what they are'() {
    assert.match(await hovered(plain, '{ "w|hen": "2019" }'), /first and the last day/);
    assert.match(await hovered(plain, '{ "type": "vi|sit" }'), /trip/);
    assert.match(await hovered(known, '{ "participants": { "na|to": { "roles": ["host"] } } }'), /North Atlantic Treaty/);
    assert.match(await hovered(known, '{ "places": ["ra|bat"] }'), /Rabat/);
  },
  async 'a bad date, id and reference are told in words'() {
    const record = (fields) => JSON.stringify({ names: { en: 'A visit' }, type: 'visit', when: '2019-01-22', status: 'held',
      participants: { nato: { roles: ['host'] }, morocco: { roles: ['visitor'] } }, evidence: { 'a-page': { stance: 'reports' } }, ...fields });
    for (const service of [plain, known]) {
      assert.deepEqual(await told(service, record({})), [], 'a new record with a new source has no fault');
      assert.deepEqual(await told(service, record({ places: ['a-new-place'], under: ['event:a-new-event'] })), []);
      const [date, ...others] = await told(service, record({ when: '22/01/2019' }));
      assert.match(date, /^Write .*such as `2019-01-22`/);
      assert.deepEqual(others, [], 'once');
      assert.match((await told(service, record({ places: ['A Place'] })))[0], /^Write an id such as/);
      assert.match((await told(service, record({ under: ['nowhere'] })))[0], /^Write a kind and an id/);
      assert.match((await told(service, record({ type: 'vist' })))[0], /visit/);
    }
  },
};

let failed = 0;
for (const [name, attempt] of Object.entries(tries)) {
  try {
    await attempt();
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`failed: ${name}\n${error.stack}`);
  }
}
console.log(`${Object.keys(tries).length - failed} of ${Object.keys(tries).length} hold`);
process.exit(failed ? 1 : 0);
