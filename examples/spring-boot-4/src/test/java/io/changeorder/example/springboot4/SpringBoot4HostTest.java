package io.changeorder.example.springboot4;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class SpringBoot4HostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return SpringBoot4Host.night(site);
    }
}
