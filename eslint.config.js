// Owns the rules that scripts keep; types and undefined names are what tsc checks.
import js from "@eslint/js";

const AS_HTML = "Text of records is shown as text, never as HTML.";

export default [
  { ignores: [".venv*/", "build/", "dist/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off", // tsc knows the names of browsers, Leaflet and Node
      "array-callback-return": "error",
      "complexity": ["error", 15],
      "consistent-return": "error",
      "eqeqeq": "error",
      "max-len": ["error", { code: 120, ignoreTemplateLiterals: true }],
      "max-lines": ["error", 400],
      "no-bitwise": "error", // it knows 32 bits only
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", ...[
        "innerHTML", "outerHTML", "insertAdjacentHTML", "bindPopup", "bindTooltip",
      ].map((property) => ({ property, message: AS_HTML }))],
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["mapview/assets/cartography.js"], rules: { "max-len": "off" } }, // written by a program
  { files: ["benchmarks/*.js"], languageOptions: { sourceType: "script" } },
];
