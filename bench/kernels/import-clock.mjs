// Prints how many ms the import of the module takes that the environment names.
const start = performance.now();
await import(process.env.IMPORTED ?? "");
console.log(performance.now() - start);
