// The page's files in one: each is a module, as Node.js has them. The licence above is of those in noble/.
const files = {};
const loaded = {};
function load(name) {
  if (!(name in loaded)) {
    loaded[name] = {};
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    files[name](loaded[name], (asked) => load(resolve(folder, asked)));
  }
  return loaded[name];
}
function resolve(folder, asked) {
  if (asked === "crypto") return "nothing"; // Node.js has it, a browser doesn't
  if (asked === "@noble/hashes/crypto") return "noble/hashes/crypto.js";
  return folder + asked.slice("./".length);
}
files.nothing = () => {};
