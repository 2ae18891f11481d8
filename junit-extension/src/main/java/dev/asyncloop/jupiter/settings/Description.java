package dev.asyncloop.jupiter.settings;

/**
 * What is told of a parameter.
 *
 * @param sentence what it says
 * @param inCode what says the same in the code, and has precedence; empty where nothing does
 * @param page where more is told, in {@code docs}; empty where nowhere
 */
record Description(String sentence, String inCode, String page) {}
