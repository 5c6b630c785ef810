export type { CsvTable } from './csv-table.js';
export { type ReadCsvOptions, readCsv } from './read-csv.js';
export { type WriteCsvOptions, writeCsv } from './write-csv.js';
