import { defineConfig } from 'vitepress';

const PACKAGES = {
  'coordinate-descent': 'Coordinate descent',
  'sor-bandit': 'Tuned SOR',
  halpern: 'Halpern iteration',
  'matrix-completion': 'Matrix completion',
  submodular: 'Submodular selection',
  hamming: 'Hamming distances',
} as const;

/** Pages of a package beside those that all have. */
const MORE: Readonly<Record<string, { readonly text: string; readonly link: string }[]>> = {
  'coordinate-descent': [{ text: 'From scikit-learn or glmnet', link: '/coordinate-descent/other-libraries' }],
};

const packages = Object.entries(PACKAGES).map(([name, text]) => ({
  text,
  collapsed: true,
  link: `/${name}/`,
  items: [
    ...(MORE[name] ?? []),
    { text: 'What stands of the paper', link: `/${name}/parts` },
    { text: 'API', link: `/api/@lemmata/${name}/` },
  ],
}));

export default defineConfig({
  title: 'Lemmata',
  description: 'Algorithms with proofs, as npm packages that are fast and keep their promises',
  lang: 'en',
  cleanUrls: false,
  // Pages about files of the repository link to them; the site does not hold them.
  ignoreDeadLinks: [/\/packages\//, /\/benchmarks\//],
  themeConfig: {
    nav: [
      { text: 'Begin', link: '/guide/getting-started' },
      { text: 'Packages', items: Object.entries(PACKAGES).map(([name, text]) => ({ text, link: `/${name}/` })) },
      { text: 'API', link: '/api/' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Getting started', link: '/guide/getting-started' },
          { text: 'How the house is built', link: '/guide/architecture' },
        ],
      },
      { text: 'Packages', items: packages },
      {
        text: 'Beneath them',
        items: [
          { text: '@lemmata/linalg', link: '/api/@lemmata/linalg/' },
          { text: '@lemmata/core', link: '/api/@lemmata/core/' },
        ],
      },
    ],
    outline: [2, 3],
    search: { provider: 'local' },
    footer: { message: 'MIT licence', copyright: 'Copyright (c) 2026 Lemmata contributors' },
  },
});
