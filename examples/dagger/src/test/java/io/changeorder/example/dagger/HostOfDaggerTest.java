package io.changeorder.example.dagger;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class HostOfDaggerTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return HostOfDagger.night(site);
    }
}
