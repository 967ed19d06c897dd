// How the shells of Windows read a command that is pasted at their prompt: plain models, for machines without them.

export interface CmdRun {
  /** The command lines that cmd starts, in order, as the program gets them. */
  readonly commands: readonly string[];
  /** What made cmd do anything else than start a program with text: `&`, `|`, `<`, `>`, `(`, `)`. */
  readonly operators: readonly string[];
}

/**
 * cmd at its prompt: variables first, wherever they stand and quoted or not, then quotes, carets and operators. A name that
 * is not set stays as it is.
 */
export function readByCmd(text: string, variables: Readonly<Record<string, string>>): CmdRun {
  const known = new Map(Object.entries(variables).map(([name, value]) => [name.toLowerCase(), value]));
  const expanded = text
    .split('\n')
    .map(line => expandPercents(line, known))
    .join('\n');
  const commands: string[] = [];
  const operators: string[] = [];
  let [command, quoted] = ['', false];
  const end = () => {
    if (command.trim()) commands.push(command);
    [command, quoted] = ['', false];
  };
  for (let i = 0; i < expanded.length; i++) {
    const character = expanded.charAt(i);
    if (character === '\n') end();
    else if (character === '"') {
      quoted = !quoted;
      command += character;
    } else if (quoted) command += character;
    else if (character === '^') {
      i++;
      // At the end of a line it joins the next one, whose first character it escapes.
      if (expanded.charAt(i) === '\n') i++;
      command += expanded.charAt(i);
    } else if (/[&|<>()]/.test(character)) {
      operators.push(character);
      end();
    } else command += character;
  }
  end();
  return { commands, operators };
}

function expandPercents(line: string, known: ReadonlyMap<string, string>): string {
  let out = '';
  for (let i = 0; i < line.length; i++) {
    const close = line.charAt(i) === '%' ? line.indexOf('%', i + 1) : -1;
    const [name = ''] = close > 0 ? line.slice(i + 1, close).split(':') : [];
    const value = known.get(name.toLowerCase());
    if (close > 0 && value !== undefined) {
      out += value;
      i = close;
    } else out += line.charAt(i);
  }
  return out;
}

/** How a C program of Windows takes its command line apart. @param doubled what `""` in quotes means: newer runtimes go on */
export function toArguments(commandLine: string, doubled: 'goesOn' | 'ends'): string[] {
  const found: string[] = [];
  let argument: string | undefined;
  let quoted = false;
  for (let i = 0; i < commandLine.length; i++) {
    const slashes = /^\\*/.exec(commandLine.slice(i))?.[0].length ?? 0;
    if (slashes && commandLine.charAt(i + slashes) === '"') {
      argument = (argument ?? '') + '\\'.repeat(slashes >> 1) + (slashes % 2 ? '"' : '');
      // An even number leaves the quote to the next turn.
      i += slashes % 2 ? slashes : slashes - 1;
    } else if (commandLine.charAt(i) === '"') {
      argument ??= '';
      if (quoted && commandLine.charAt(i + 1) === '"') {
        argument += '"';
        i++;
        quoted = doubled === 'goesOn';
      } else quoted = !quoted;
    } else if (!quoted && /[ \t]/.test(commandLine.charAt(i))) {
      if (argument !== undefined) found.push(argument);
      argument = undefined;
    } else argument = (argument ?? '') + commandLine.charAt(i);
  }
  return argument === undefined ? found : [...found, argument];
}

export interface PowerShellRun {
  /** What is piped into the program. */
  readonly input: string;
  readonly arguments: readonly string[];
}

/** PowerShell's single quotes are five characters. */
const QUOTE = `['\u2018\u2019\u201a\u201b]`;
const TOKEN = new RegExp(
  `\\s*(?:(?<literal>${QUOTE}(?:[^'\u2018\u2019\u201a\u201b]|${QUOTE}{2})*${QUOTE})|"(?<expanded>[^"\`]*)"|(?<pipe>\\|)|(?<join>\`\\n)|(?<bare>[A-Za-z0-9.-]+))`,
  'y',
);

/** A string into a program. @throws Error for a text that is anything else: then it is not certain what it does */
export function readByPowerShell(text: string, variables: Readonly<Record<string, string>>): PowerShellRun {
  const parts: (string | undefined)[] = [];
  let joined = true;
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw new Error(`not understood: ${text.slice(at, at + 40)}`);
    const between = /^\s*/.exec(text.slice(at))?.[0] ?? '';
    if (between.includes('\n') && !joined) throw new Error('a second statement');
    const { literal, expanded, pipe, join, bare } = groups;
    joined = pipe !== undefined || join !== undefined;
    if (literal !== undefined) parts.push(literal.slice(1, -1).replace(new RegExp(`(${QUOTE})${QUOTE}`, 'g'), '$1'));
    else if (expanded !== undefined)
      parts.push(expanded.replace(/\$env:(\w+)/g, (_all, name) => variables[name] ?? ''));
    else if (pipe !== undefined) parts.push(undefined);
    else if (bare !== undefined) parts.push(bare);
  }
  const [input, none, ...rest] = parts;
  const programArguments = rest.filter(part => part !== undefined);
  if (input === undefined || none !== undefined || programArguments.length < rest.length)
    throw new Error('no pipeline of two');
  return { input, arguments: programArguments };
}
