package dev.asyncloop.leak.process;

import dev.asyncloop.leak.LeakKind;
import dev.asyncloop.leak.descriptors.DescriptorAccount;
import dev.asyncloop.leak.detect.Closing;
import dev.asyncloop.leak.detect.Detector;
import dev.asyncloop.leak.detect.Leftovers;
import dev.asyncloop.leak.detect.Surroundings;
import dev.asyncloop.leak.holders.Question;
import dev.asyncloop.leak.leftovers.BegunLeftovers;
import dev.asyncloop.leak.leftovers.JobLeftovers;
import dev.asyncloop.origin.Owner;
import java.util.ArrayList;
import java.util.List;

/** Finds what one owner left in the process: descriptors, threads, executors, child processes and the like. */
public final class OwnersProcess implements Detector {

    private final DescriptorAccount descriptors;

    public OwnersProcess(DescriptorAccount descriptors) {
        this.descriptors = descriptors;
    }

    @Override
    public void find(Closing closing) {
        Closing.Account account = closing.account();
        List<Leftovers> searches = new ArrayList<>();
        searches.add(descriptors.leftovers(closing));
        if (!account.isOff(BegunLeftovers.kinds())) {
            searches.add(new BegunLeftovers(closing.owner(), closing.leaks()));
        }
        if (!account.isOff(LeakKind.PENDING_JOB)) {
            searches.add(new JobLeftovers(closing.owner()));
        }
        Custody custody = new Custody(closing.owner(), places(account));
        new LeftBehind(searches, custody, account::letsPass, (left, leak) -> closing.add(leak), closing::pause).find();
        closing.addKept(custody.kept());
    }

    private static List<Question.Place> places(Closing.Account account) {
        List<Owner> owners = account.lineage();
        List<Surroundings> surroundings = account.surroundings();
        List<Question.Place> places = new ArrayList<>();
        for (int i = 0; i < owners.size(); i++) {
            places.add(new Question.Place(owners.get(i), surroundings.get(i)));
        }
        return places;
    }
}
