// adaptivecards-templating's declarations reach into the TypeScript source of adaptivecards, which does not compile under our
// settings; tsconfig's `paths` sends that one import here. Nothing of ours uses these names.
export type StringWithSubstitutions = string;
