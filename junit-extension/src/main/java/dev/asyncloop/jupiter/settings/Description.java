package dev.asyncloop.jupiter.settings;

/**
 * The description of a parameter.
 *
 * @param sentence what the parameter says
 * @param inCode what says the same in code, with precedence; empty if nothing does
 * @param page the page of {@code docs} that says more; empty if none does
 */
record Description(String sentence, String inCode, String page) {}
