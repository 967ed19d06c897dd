// Lets `require('vscode')` find the stand-in, outside VS Code. Import it before anything of src/ that imports vscode.
import Module from 'node:module';
import { api } from './api';

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader: { _load: Load } = Object.assign(Module);
const load = loader._load;
Object.assign(Module, {
  _load: (request: string, ...rest: unknown[]) => (request === 'vscode' ? api : load(request, ...rest)),
});
