import js from "@eslint/js";
import globals from "globals";

/** The page's scripts are plain ones that share `atlas`; the checks are modules. */
export default [
  { ignores: ["**/node_modules/", "**/leaflet.js"] },
  js.configs.recommended,
  {
    files: ["**/assets/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2023, globals: { ...globals.browser, L: "readonly" } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": ["error", ...unsafe()],
    },
  },
  { files: ["**/*.mjs", "**/eslint.config.js"], languageOptions: { ecmaVersion: 2023, globals: globals.node } },
];

/** Nothing in the page may read text as markup or as code. */
function unsafe() {
  const names = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln", "eval", "Function"];
  return names.map((property) => ({ property, message: "text must never be parsed" }));
}
