package dev.asyncloop.leak.holders;

import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.origin.Owner;
import java.util.List;
import java.util.Set;

/**
 * What a search for holders has to know.
 *
 * @param places where the owner, and whoever is around it, keep things, from the owner outwards
 * @param ending the objects that end with the owner, such as the instance of a test: what they hold is the owner's
 * @param creators the names of the classes on the stacks on which the things were created
 * @param loaders the class loaders that the owner made: their classes end with them
 */
public record Question(List<Place> places, List<Object> ending, Set<String> creators, Set<Object> loaders) {

    /** Where an owner keeps things. */
    public record Place(Owner owner, Surroundings surroundings) {}
}
