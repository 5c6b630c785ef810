export { addPanel } from './panel';
