/**
 * What we know of other people's code. It is read from files named {@code META-INF/asyncloop/exclusions.tsv}: our own,
 * and those of any jar or folder on the class path. They are read once, when somebody first asks. Any thread may ask,
 * also within {@code Thread.start}.
 *
 * <ul>
 *   <li><em>exclusion</em>: a row of a file; it has the sort of a thing, its creator and its name
 *   <li><em>creator</em>: the class or package whose code made the thing
 *   <li><em>kept for all</em>: charged to no test, though one needed it first
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.exclusions;

import org.jspecify.annotations.NullMarked;
