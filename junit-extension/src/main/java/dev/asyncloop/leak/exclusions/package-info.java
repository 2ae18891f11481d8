/**
 * What is known of other people's code: rows of files named {@code META-INF/asyncloop/exclusions.tsv}, ours and those of
 * any jar or folder on the class path. They are read once, when somebody first asks. Any thread may ask, also within
 * {@code Thread.start}.
 *
 * <p>Glossary. An <b>exclusion</b> is a row: what sort of thing, its creator and its name. The <b>creator</b> is the
 * class or package whose code made the thing. A thing is <b>kept for all</b> where no test is charged with it, though
 * one needed it first.
 */
@NullMarked
package dev.asyncloop.leak.exclusions;

import org.jspecify.annotations.NullMarked;
