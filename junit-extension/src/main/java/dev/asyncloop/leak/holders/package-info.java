/**
 * Who holds a thing that is open: a search over the graph of objects.
 *
 * <p>The account asks it for what is about to be reported, and for nothing else. Creation says who is charged, and the
 * holder may correct that: a client that is a static field opens its connection in the first test that needs it, but the
 * connection is not that test's.
 *
 * <ul>
 *   <li><em>target</em>: a thing whose holder is searched for
 *   <li><em>root</em>: where a search begins, such as a static field
 *   <li><em>place</em>: where an owner keeps things
 *   <li><em>shape</em>: the fields of a class that a search follows
 *   <li><em>hidden</em>: not followed, since what it leads to is there by chance
 *   <li><em>register</em>: a library's list of everything of a kind, which holds nothing
 * </ul>
 */
@NullMarked
package dev.asyncloop.leak.holders;

import org.jspecify.annotations.NullMarked;
