// Plays one step on a stage. What cannot be done there and then is left out, which both hosts must agree about.
import type { Name, Step } from './history';
import type { Stage } from './stage';

/**
 * What is typed in a document, under one name or the other, is nowhere else, but of the same length as much that is: where a
 * file is newer, VS Code compares what is to be saved with it, if the text is not empty and has few pieces. How many it
 * has depends on every edit before.
 */
function typed(name: Name, text: string): string {
  return name === 'a/2' ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

function foreign(text: string): string {
  return text.toUpperCase();
}

/** Commands act on the editor in front. */
const IN_FRONT: ReadonlySet<Step['do']> = new Set(['undo', 'revert', 'closeTab', 'forceSave', 'saveWithoutFormatting']);
/** Beside anything else, which of it and a save comes first would be chance. */
const SAVES: ReadonlySet<Step['do']> = new Set(['save', 'saveAll', 'forceSave', 'saveWithoutFormatting']);

export async function play(stage: Stage, step: Step): Promise<string[]> {
  const { name, during } = step;
  const meanwhile: Promise<string[]>[] = [];
  if (IN_FRONT.has(step.do) && stage.hasTab(name) && !stage.isInFront(name)) {
    await stage.openTab(name);
    await stage.settled();
  }
  if (during) {
    const run = async () => {
      const typing = stage.isOpen(name) ? stage.type(name, typed(name, during.text)) : Promise.resolve();
      const saves = during.saves && SAVES.has(step.do) && stage.isOpen(name);
      const saving = async () => (saves ? [`the second save() is ${await stage.save(name)}`] : []);
      meanwhile.push(typing.then(saving));
      await typing;
    };
    stage.arm(name, { call: during.call, run });
  }
  const results = await act(stage, step);
  await stage.settled();
  if (meanwhile.length) {
    results.push(...(await Promise.all(meanwhile)).flat());
    await stage.settled();
  }
  stage.arm(name, undefined);
  stage.refuse(name, 0);
  if (stage.isDirty(name) && !stage.isShown(name)) {
    await stage.secondPasses(name);
    await stage.settled();
  }
  stage.noteClean();
  return [...stage.state(), ...results];
}

/** What was answered, where that is told. */
async function act(stage: Stage, step: Step): Promise<string[]> {
  if (step.do === 'save' && stage.isOpen(step.name)) {
    if (step.refuse) stage.refuse(step.name, 1);
    return [`save() is ${await stage.save(step.name)}`];
  }
  await run(stage, step);
  return [];
}

async function run(stage: Stage, step: Step): Promise<void> {
  const { name } = step;
  switch (step.do) {
    case 'open':
      return stage.open(name);
    case 'openTab':
      return stage.openTab(name);
    case 'preview':
      return stage.preview(name);
    case 'saveAll':
      // Two names of one file, saved at once: which comes first would be chance.
      return stage.isDirty('a/1') && stage.isDirty('a/2') ? undefined : stage.saveAll();
    case 'openText':
      return stage.openText(name);
    case 'type':
      return stage.isOpen(name) ? stage.type(name, typed(name, step.text)) : undefined;
    case 'typeBack':
      return stage.typeBack(name);
    case 'save':
      return;
    case 'letGo':
      return stage.letGo();
    case 'event':
      return stage.tell(name);
    case 'move':
      stage.put(name, foreign(step.text), stage.mtime(name) + (step.grows ? 1 : 0));
      return step.tells ? stage.tell(name) : undefined;
    case 'writeBeside':
      return stage.writeBeside(name, foreign(step.text));
    case 'setLanguage':
      return stage.isOpen(name) ? stage.setLanguage(name, step.language) : undefined;
    case 'diff':
      return step.other === name ? undefined : stage.diff(step.other, name);
    case 'closeDiff':
      return stage.isDirty(name) || stage.isDirty(step.other) ? undefined : stage.closeDiff(step.other, name);
    default:
      if (stage.isInFront(name)) await actInFront(stage, step);
  }
}

async function actInFront(stage: Stage, step: Step): Promise<void> {
  const { name } = step;
  switch (step.do) {
    case 'undo':
      return stage.undo(name);
    case 'revert':
      return stage.revert(name);
    case 'closeTab':
      return stage.isDirty(name) ? stage.discard(name) : stage.closeTab(name);
    case 'forceSave':
    case 'saveWithoutFormatting':
      if (step.refuse) stage.refuse(name, 1);
      return step.do === 'forceSave' ? stage.forceSave(name) : stage.saveWithoutFormatting(name);
  }
}
