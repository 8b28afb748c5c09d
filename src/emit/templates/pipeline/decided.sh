# decided: which way the run that is open goes, by its journal and as the runbook reads it: `back`, `hold` where a red flag wants
# one and the runbook was killed before it could obey, or where a person is to look at something still, or nothing.
decided() {
  [ -r "$STATE/$JOURNAL" ] || return 0
  awk '
    # What was cut off is no line.
    !/^\{"seq":.*"\}$/ { next }
    /,"event":"open",/ { back = wanted = waits = 0 }
    /,"event":"(rollback|refuse)",/ || /,"event":"decided",.*,"then":"rollback"/ { back = 1 }
    /,"event":"decided",.*,"then":"hold"/ { wanted = 1 }
    /,"event":"stop",.*,"wait":"flag"/ { wanted = 0 }
    /,"event":"stop",.*,"wait":"(flag|doubt)"/ {
      waits = 1
      next
    }
    # Going on that was interrupted before anything was done has answered nothing.
    !/,"event":"(torn|resume|glass|guard|again)",/ && !/,"event":"stop",.*,"wait":"(signal|orphan)"/ { waits = 0 }
    END {
      if (back) print "back"
      else if (wanted || waits) print "hold"
    }
  ' "$STATE/$JOURNAL"
}
