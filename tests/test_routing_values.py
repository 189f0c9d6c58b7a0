# ruff: noqa: E501
"""Questions in many people's words, each with the numbers that must come out, or none where it leaves one open.

They were worded by people who had not seen how questions are read, and computed apart from the program.
"""

from decimal import Decimal

import pytest

from agent.calculator import Interval, Route, route, run_route

ANSWERED = """
A 3.2T optical module runs at 12.5 pJ per bit. How many watts does the port draw? → 40
An 800G transceiver was measured at 13.6 W on the bench; express that as energy per bit. → 17
Estimate the total optics power of a 204.8T switch whose co-packaged engines run at 4.5 pJ/bit. → 921.6
Our pod holds 4,096 modules at 14 W each plus another 1,024 modules at 26 W each. Work out the combined optics power in kW. → 83.968
When a 51.2T switch moves from pluggables at 15 pJ/bit to CPO at 5 pJ/bit, how many watts do we save per switch, and what percentage is that? → 512; 66.6667
Optics account for 12% of rack power, and co-packaging trims optics power by 55%. By what percentage does total rack power drop? → 6.6
The interconnect of one cluster consumes 250 kW of IT power. With a PUE of 1.2 and electricity at US$0.10/kWh, what will the yearly power bill be? → 262800
Transceivers in the new AI campus draw 1.8 MW of IT power. Assuming a PUE of 1.25 and a grid intensity of 420 gCO2/kWh, how many tonnes of CO2 is that each year? → 8278.2
After the upgrade, each 800G port went from 15.5 W down to 6.2 W. What is the percentage saving, and what is the old-to-new power ratio? → 60; 2.5
Suppose 2,000 switches of 51.2T each move from 16 pJ/bit to 6 pJ/bit optics. At a PUE of 1.3 and a tariff of $0.09/kWh, how much money is saved per year? → 1.04952e+06
One port of the external laser source puts out 17 dBm. How many milliwatts is this? → 50.1187
What insertion loss should I budget for a 1x8 splitter that has 0.7 dB of excess loss? → 9.7309
Receiver sensitivity is -5.5 dBm; the path loses 2.0 dB in coupling, 6.3 dB in the splitter and 4.2 dB in the modulator, and I want 3 dB of margin. Determine the minimum laser power. → 10
The laser launches 16 dBm per wavelength. Losses along the path are connector 0.5 dB, splitter 6.4 dB, modulator 4.5 dB and receive coupling 1.6 dB. With a receiver sensitivity of -6 dBm, what power reaches the receiver and how much margin is left? → 3; 9
An external laser source delivers 640 mW of total optical power at a wall-plug efficiency of 16%. Find the electrical power it draws. → 4
Given an average power of 2 dBm and an extinction ratio of 4.5 dB, compute the OMA in dBm. → 1.78836
An NRZ link shows a Q factor of 6.2. What bit error rate does that correspond to? → 2.82316e-10
What attenuation does a 2 km fibre run add at 0.35 dB per kilometre, and what is 63 mW of laser power in dBm? → 0.7; 17.9934
Count the fibers of a 102.4T CPO switch with 200 Gb/s lanes, one wavelength per fiber, and one PM laser feed fiber for every 8 lanes. → 1088
If each optical engine handles 6.4T, how many engines go on a 204.8T package once two spares are added? → 34
Sixteen wavelengths at 64 GBaud PAM4 with a code rate of 0.94: what throughput does a single fiber carry? → 1925.12
A die edge 32 mm long lets 12.8 Tb/s escape; what is the resulting beachfront bandwidth density? → 400
How many hosts can a three-tier fat tree built from radix-64 switches connect? → 65536
What line rate does a lane with a net rate of 200 Gb/s run at once 256b/257b transcoding and RS(544,514) FEC are included? → 212.5
Out of 10 laser channels, at least 8 must work, and each one yields 97%. What is the yield with that redundancy? → 99.7235
Using the Murphy model, find the die yield of a 120 mm² chip at 0.3 defects per cm². → 70.5244
How many gross dies measuring 8 mm x 5 mm does a 300 mm wafer give with 3 mm of edge exclusion? → 1593
With a cost pool of $500 and $40 of post-yield cost, what does a good unit cost at a yield of 62%, and what does it cost at 78%? → 846.452; 681.026
Production yield stands at 85% and our test coverage is 98%. How many escapes in ppm should the customer expect? → 3245.1
The laser dissipates 0.8 W, the thermal resistances in series are 18 C/W and 7 C/W, and the case sits at 50 C. Work out the junction temperature. → 70
By how much does the coolant warm up when a water loop at 0.9 L/min carries away 450 W? → 7.18798
We stressed the lasers at 85 °C; use conditions are 45 °C and the activation energy is 0.7 eV. What acceleration factor applies? → 17.3154
We run a fleet of 40,000 modules, each rated at 150 FIT. How many failures should we plan for in one year, and what MTBF in hours does 150 FIT imply? → 52.56; 6.66667e+06
A switch has an MTBF of 500,000 hours and an MTTR of 12 h. Give its availability and the yearly downtime in minutes. → 99.9976; 12.6141
How long does light need to travel 80 m of fibre, and how long does it take to serialise a 5,440-bit block at 425 Gb/s? → 391.738; 12.8
An analyst sees the CPO market growing from $120 million in 2025 to $5.4 billion in 2030. What CAGR does this imply? → 114.113
Each CPO switch costs an extra $9,000 up front and saves 480 W. At PUE 1.25 and $0.12 per kWh, how many years until simple payback? → 14.2694
quick one: 3.2T port running 6.2 pJ/b, how many W per port? → 19.84
22 W for a 1.6T module, what's that in pJ/bit? → 13.75
102.4T box, optics at 7.5 pJ per bit, fully loaded. Optics watts for the whole switch? → 768
Rack's got 36 DR4s at 9 W each plus 12 FR8s at 16 W each, total optics kW pls → 0.516
800G port: 15 W pluggable → 5.6 W CPO. % saved? → 62.6667
15 → 5 pJ/bit on a 51.2T switch, how many watts do we save? → 512
Optics is 11% of rack power and CPO trims the optics by 60%; what's the saving at rack level? → 6.6
250 kW of optics, PUE 1.3, on 24/7 all year. MWh/yr? → 2847
4000 ports x 9 W, PUE 1.25, 8760 h, $0.10/kWh. Annual power bill? → 39420
30 W → 9 W per port, 64 ports, PUE 1.2, 8760 h, US$0.08/kWh: dollars saved per year? → 1130.25
Work out what 102.4T @ 8 pJ/bit costs to power for a year with PUE 1.15 and 7 cents per kWh. → 577.683
14 pJ/b vs 5.5 pJ/b @ 1.6T, port watts for each? → 22.4; 8.8
3,200 MWh a year on a 410 g/kWh grid, tonnes of CO2? → 1312
-7.5 dBm in mW, and 250 mW in dBm? → 0.177828; 23.9794
1:8 splitter w/ 0.7 dB excess, total split loss? → 9.7309
laser 17 dBm, losses 3 + 4.5 + 2.2 + 1.1 dB, Rx sens -5 dBm. Link margin? → 11.2
Rx sensitivity -6.5 dBm, 14 dB total path loss, want 2 dB margin: min laser power? → 9.5
600 mW optical out of the ELS @ 15% WPE, driver eff 1, no TEC: how many electrical watts? → 4
Avg power -2 dBm with 4.5 dB ER, OMA in dBm? → -2.21164
PAM4, Q = 3.6 per eye, what BER? → 0.000119331
51.2T on 200G lanes: how many lanes? and how many 6.4T optical engines, no spares? → 256; 8
net 400G, what's the line rate after 256b/257b + KP4 FEC? → 425
16 λ x 32 GBd NRZ, code rate 1, Gb/s per fiber? → 512
6.4T off a 24 mm edge, Gbps/mm? → 266.667
how much edge do I need for 12.8T at 400 Gbps/mm → 32
radix 64, 3-tier fat tree, non-blocking, max hosts? → 65536
yield per attach goes 98% → 99.5%, 32 attaches in series. Overall yield before and after? → 52.3883; 85.1802
18 engines on the substrate, only 16 needed, 98% good each, package yield? → 99.4788
Poisson die yield, 60 mm² PIC, D0 = 0.3/cm² → 83.527
Tj? case at 55C, 2 W laser, Rth 12 and 5 C/W in series → 89
AF for 40C use / 85C stress, Ea 0.7 eV? → 26.0305
2 um lateral offset, mode field radius 4.6 um both sides, dB lost? → 0.820973
MTBF 4M hours, 20k units in the field: FIT per unit, and failures expected per year? → 250; 43.8
2000 ELS modules, 150 FIT each, 180-day resupply, 95% service level: how many spares on the shelf? → 3
CPO mkt $180M in 2025 to $5.4B in 2030, CAGR? → 97.435
ASP $420, cost $290. GM? → 30.9524
NPV @ 9%: -5000 now, then 1800, 1800, 1800, 1800 at year end → 831.496
We plan to buy 3,200 transceivers drawing 14.5 W each; with a PUE of 1.32 and power at US$0.085/kWh, what will a full year of electricity cost us? → 45605.3
Our foundry quotes a defect density of 0.3 per cm² for a 64 mm² photonic die. Using the Poisson model, what die yield should we budget for? → 82.5307
Under Murphy's model, estimate the die yield of a 620 mm2 switch ASIC at 0.12 defects/cm2. → 49.7538
How many gross dies measuring 5 mm by 6 mm can we cut from a 300 mm wafer with 3 mm of edge exclusion? → 2143
The cost pool per optical engine is $240. If the line yield climbs from 72% to 85%, what does a good engine cost before and after? → 333.333; 282.353
The host die costs $2,600, we attach 8 optical engines at $380 apiece with 99.2% incoming quality and 98.5% attach yield, and assembly adds $350. Compute the cost of a good CPO package. → 7208.48
Incoming yield is 90%. If fault coverage of our final test goes up from 95% to 99%, how many ppm of test escapes do we have before and after? → 5254.17; 1053.05
A module ships with 10 laser sites, at least 8 of which must work, and each site is good 96.5% of the time. What is the redundancy yield? → 99.5725
I have 4,500 external laser modules in the field at 320 FIT each, a replenishment lead time of 60 days and a 98% service level to meet. How many spares should I hold? → 5
We have shipped 85,000 pluggables rated at 140 FIT. How many failures should the RMA desk expect over one year? → 104.244
One vendor's datasheet claims an MTBF of 1.8 million hours, another's claims 275 FIT. What is the FIT rate of the first and the MTBF of the second? → 555.556; 3.63636e+06
With a mean time between failures of 45,000 hours and 6 hours to repair, what availability can I write into the contract, and how many minutes of downtime a year is that? → 99.9867; 70.0707
What percentage of parts rated at 650 FIT will still be alive after 7 years of continuous service? → 96.0926
The reliability lab logged 2.5 million device-hours with no failures. What upper bound on the FIT rate can we claim at 90% confidence? → 921.034
A shelf carries 32 engines at 12 FIT and 20 laser sources at 45 FIT each; give me the total FIT of the shelf. → 1284
The forecast has CPO port shipments going from 0.4 million in 2026 to 12.6 million in 2031. What compound annual growth rate does that imply? → 99.3711
Purchase orders for 1.6T modules rose from 38,000 to 61,500 units year on year. By what percentage did they grow? → 61.8421
Our second source delivered 4,350 of the 17,400 lasers received last quarter; what share of the total is that? → 25
Three vendors hold 52, 31 and 17 percent of the CW laser market. Calculate the Herfindahl-Hirschman index. → 3954
Demand for EML chips next year is put at 56 million pieces against 41 million of supply. How large is the shortfall as a percentage of demand? → 26.7857
An engine costs $640 at a cumulative 50,000 units. With a learning rate of 18%, what should we expect to pay once cumulative output reaches 400,000? → 352.876
The unit price dropped from $950 to $610 while cumulative volume climbed from 200,000 to 1.1 million units. Which learning rate does this imply? → 16.4833
The CPO option costs an extra $12,500 per switch and saves $3,400 a year on electricity. How long is the simple payback? → 3.67647
Work out the NPV at 9% of spending $40,000 today and receiving $13,000 at the end of each of the next four years. → 2116.36
Total cost of ownership, please: purchase price $98,000, running costs of $7,200 per year for 6 years, a discount rate of 7% and no residual value. → 132319
We are being quoted $1,150 for a 1.6T module. What does that make per Gb/s? → 0.71875
A module sells for $720 and costs us $468 to build. What is the gross margin? → 35
Tooling for the new line runs to $6.4 million; with a selling price of $520 and a variable cost of $385 per unit, how many units must we sell to break even? → 47408
Check this bill of materials: 16 engines at $420, 12 lasers at $150 and 1 substrate at $900, against a stated total of $9,600. → 9420
On a 102.4T switch the optics go from 16 to 6 pJ per bit: how many watts is that before and after, and what is the saving in percent? → 1638.4; 614.4; 62.5
Vendor A's 800G module burns 15.5 W and vendor B's CPO port 6.2 W. What percentage of the power do we save by switching from A to B? → 60
If each of 500 switches saves 640 W, the PUE is 1.25 and power costs $0.11 per kWh, how much money do we save annually? → 385440
Add up the power of this order: 1,200 modules at 13 W plus 400 modules at 25 W. → 25.6
An optics load of 1.4 MW runs all year with a PUE of 1.3 on a grid emitting 390 g CO2 per kWh. How many tonnes of CO2 is that annually? → 6217.85
Twenty 51.2T switches run their optics at 7 pJ/bit around the clock in a hall with a PUE of 1.28, and electricity is US$0.10/kWh. What is the yearly bill for the optics? → 8037.34
A country makes 22 million laser chips, imports 65 million and exports 7 million. What are its import dependency and its self-sufficiency rate? → 81.25; 27.5
We are shipping 14,500 engines this year and expect growth of 45% per year; how many will we ship in three years' time? → 44205.1
Slide 14 of the vendor's OFC 2026 deck shows an 800G DR8 engine running at 6.5 pJ/bit; what interface power does that work out to in watts? → 5.2
A Tomahawk 6 class switch carries 102.4T. Its optics burn 15–20 pJ/bit at full load. Work out the optics power of the whole switch. → 1536; 2048
Our Ohio hall, opened in 2024, draws 750 kW of IT power all year (8,760 h) at a PUE of 1.2. With electricity at US$0.09/kWh, give me the annual energy in MWh and the yearly bill. → 7884; 709560
The 2027 sustainability report states that the optics used 3,200 MWh over the year. Taking a grid intensity of 445 gCO2/kWh (IEA, 2024), how many tonnes of CO2 is that? → 1424
Before the migration a 51.2T switch spent 15 pJ/bit on its optics, after it only 5 pJ/bit. By how many watts and by what percentage does the optics power drop? → 512; 66.6667
We are moving a 102.4T switch from 15 to 5 pJ/bit. With a PUE of 1.3, 8,760 h a year and electricity at US$0.08/kWh, what does one switch save on electricity each year? → 932.905
Each port of the ELSFP on page 5 is specified at 160 mW. Convert that to dBm, and tell me as well how many mW -4 dBm is. → 22.0412; 0.398107
The laser (VHP class in the OIF table) delivers 20 dBm per wavelength. On the way the light loses 6.5 dB in the splitter, 5 dB in the modulator and 3 dB in coupling, and the receiver sensitivity is -5 dBm. How much margin is left? → 10.5
An eight-channel ELS emits 800 mW of light in total. Assume a wall-plug efficiency of 12.5%, a driver efficiency of 100% and a TEC that draws 1.6 W. How much electrical power does the module need? → 8
Eye measurements on the second wafer lot (week 37) gave a Q of 3.6 for PAM4. What bit error rate should we expect? → 0.000119331
Take a TIA with 12 pA/√Hz of input noise, PAM4 at 53.125 GBd, a responsivity of 0.9 A/W and a pre-FEC BER target of 2.4e-4, then compute the thermal-noise-limited receiver sensitivity in dBm OMA. → -12.6346
Broadcom's Davisson platform, announced in 2025, has a capacity of 102.4T. How many 200G lanes does it take, and how many optical engines of 6.4T each? → 512; 16
Our 25.6T box uses 100G lanes with four wavelengths on each fibre, separate fibres for transmit and receive, and one PM feed fibre per 16 lanes. What is the total fibre count? → 144
Option A brings 3.2T out of 22 mm of die edge and option B brings 6.4T out of 32 mm. Compute the shoreline bandwidth density of each. → 145.455; 200
One side of the Spectrum-X package has 10 engine sites, of which at least 8 must work. Each site is good with 97% probability. What is the yield of that side? → 99.7235
The PIC is made on a 65 nm line, has an area of 60 mm² and sees 0.4 defects per cm². Estimate the die yield with the Poisson model. → 78.6628
The cost pool per package is $300, with no post-yield cost and no warranty. Management hopes to lift yield from 60% to 80% by Q3 2027. What is the cost per good unit before and after? → 500; 375
Following JESD85, we stress the lasers at 85 °C for a field temperature of 45 °C, activation energy 0.7 eV. What acceleration factor applies? → 17.3154
In the 2026 prototype there is an air gap (n = 1) of 10 µm between fibre and chip, the mode radius is 4.6 µm on both sides and the wavelength 1.31 µm. Work out the longitudinal gap loss. → 0.0419601
Both the fibre and the edge coupler have a mode field diameter of 9.2 µm (that is, a mode radius of 4.6 µm). What lateral offset costs 0.5 dB? → 1.56081
The engine in the Bailly follow-on is rated at 250 FIT and has to last 10 years (87,600 h). What is the probability that it survives that long? → 97.8338
We operate 2,500 ELS modules at 500 FIT and restock every 90 days (2,160 h). How many spares are needed for a 99% service level? → 7
An analyst note dated 12 May 2026 puts the CPO market at $1.2 billion in 2025 and $9.6 billion in 2031. What CAGR does that imply? → 41.4214
Goldman's April table lists the 800G EML module at a price of $430 with a cost of $310 and the 1.6T SiPh module at a price of $800 with a cost of $340. What is the gross margin of each? → 27.907; 57.5
A 51.2T box holds 16 engines at 12 FIT each and 16 laser sources at 60 FIT each. What is the system FIT, and what MTBF in hours follows from it? → 1152; 868056
A 1.6T transceiver burns 24 W. How many pJ per bit is that? → 15
A 102.4T switch moves from pluggables at 16 pJ/bit to CPO at 4.5 pJ/bit. How many watts of optics power disappear? → 1177.6
What does a single 800G port dissipate at 6.5 picojoules per bit? → 5.2
A pod holds 4,096 modules drawing 14 W each and 512 modules drawing 25 W each; what is the combined draw in kW? → 70.144
Per-port optics power falls from 28 W to 8.4 W. What percentage is saved, and by what factor does it shrink? → 70; 3.33333
The optics in one hall consume 250 kW around the clock. With a PUE of 1.3, what is the yearly electricity bill at US$0.09/kWh? → 256230
The optics of a 51.2T switch improve from 14 pJ/bit to 6 pJ/bit. At PUE 1.25 and $0.10 per kWh, how many dollars a year does one switch save when it runs all year? → 448.512
How many tonnes of CO2 come from 5,200 MWh on a grid emitting 560 g/kWh? → 2912
Express 14 dBm in mW, and also 250 mW in dBm. → 25.1189; 23.9794
What does an ideal 1x8 splitter lose, and what is the attenuation of 1.2 km of fibre at 0.35 dB/km? → 9.0309; 0.42
A CW laser launches 18 dBm; the path losses are 1.2 dB, 6.4 dB, 4.1 dB and 3 dB, and the receiver sensitivity is -5 dBm. What link margin is left? → 8.3
Receiver sensitivity is −7 dBm, the path loses 2 dB, 6.5 dB and 5 dB, and we want 2.5 dB of margin: what is the minimum laser power in dBm? → 9
An external light source has to emit 640 mW of light at 16% wall-plug efficiency. How many electrical watts does it need? → 4
256 lanes, four lanes fed by each laser, eight lasers per ELS module: how many lasers and how many modules do we need? → 64; 8
What bit error rate does PAM4 give at a Q of 3.6, and what is the power penalty of a 4 dB extinction ratio? → 0.000119331; 3.66021
How many fibres in total does a 51.2T CPO switch need with 200G lanes, one wavelength per fibre and one laser feed fibre for every 4 lanes? → 576
A 6.4 Tb/s engine occupies 16 mm of die edge; what is its shoreline density in Gb/s per mm? → 400
How many hosts can a three-tier fat tree built from radix-64 switches connect? → 65536
An assembly has 10 engine sites of which at least 8 must work, each with 97% yield. What is the assembly's yield? → 99.7235
What yield does the Poisson model give a 60 mm² die at 0.3 defects per cm²? → 83.527
With 92% yield and 98% test coverage, how many ppm of bad parts escape? → 1666.24
A chip dissipates 2.2 W through 12 °C/W and 5 °C/W in series, the case being at 40 °C; what is the junction temperature? → 77.4
By how much does cooling water warm up when it carries away 2.4 kW at 3 L/min? → 11.5008
What is the Arrhenius acceleration factor between 55 °C in use and 85 °C under stress for an activation energy of 0.7 eV? → 7.9528
How many failures a year should we expect from 40,000 modules rated at 250 FIT? → 87.6
We logged 5 million device hours without a single failure. What is the upper bound on FIT at 95% confidence? → 599.146
CPO revenue climbs from $120 million in 2025 to $5.4 billion in 2030; what CAGR is that? → 114.113
A switch costs $90,000, takes $7,500 a year to operate, and is kept 4 years at a 6% discount rate with no residual value. What is its total cost of ownership? → 115988
If a 102.4T switch drops its 16 pJ/bit pluggables in favour of co-packaged optics at 6 pJ/bit, how many watts of optics power disappear? → 1024
What does a 3.2T optical port draw if it spends 4.5 pJ per bit? → 14.4
The optics of a 51.2 Tb/s switch go from 15 to 5 pJ/bit. With a PUE of 1.3 and electricity at US$0.10/kWh, how much money does that save per year? → 583.066
A hall holds 40,000 800G modules at 14 W apiece plus 10,000 1.6T modules at 26 W apiece; what do they draw altogether in kW? → 820
Optics account for 8% of a cluster's power. If CPO trims optics power by 60%, by what percentage does the power of the whole cluster fall? → 4.8
2.4 MW of optics runs around the clock for a year in a site with PUE 1.2, on a grid emitting 400 g CO2 per kWh. How many tonnes of CO2 is that? → 10091.5
A laser launches 18 dBm. Losses on the way: connectors 1 dB, splitter 6.5 dB, modulator 5 dB, fibre coupling 3 dB. The receiver sensitivity is -7 dBm. How much margin is left? → 9.5
What Q per eye does a PAM4 link need to run at a pre-FEC BER of 1e-5? → 4.20021
An external laser source puts out 600 mW of light in total with 15% wall-plug efficiency; how many watts of electricity does it take? → 4
Find the insertion loss of a 1x16 power splitter whose excess loss is 0.8 dB. → 12.8412
Average optical power is 2 dBm and the extinction ratio is 6 dB. What is the OMA in dBm? → 2.7808
For a 204.8T switch, how many 200G lanes are needed, and how many 6.4T optical engines? → 1024; 32
How many servers can a non-blocking three-tier fat tree built from 64-port switches attach? → 65536
A chip carries 12.8 Tb/s across 40 mm of shoreline. What beachfront density is that in Gb/s per mm? → 320
Attaching one fibre succeeds 99.5% of the time and a unit has 64 fibres. What yield should we expect for the full set? → 72.5566
Estimate the gross number of 10 mm x 8 mm dies on a 300 mm wafer with a 3 mm edge exclusion. → 775
A package has 18 engine sites, any 16 of which must work. With a 98% yield per site, what fraction of packages is good? → 99.4788
A laser dissipating 2 W sits on a case held at 50 °C; the thermal resistance from junction to case is 12 °C/W. How hot does the junction get? → 74
By how much does water flowing at 1.5 L/min warm up while carrying away 900 W? → 8.62557
What is the mode mismatch loss between a fibre with a 10.4 µm mode field diameter and a waveguide with a 4 µm mode field diameter? → 3.47717
The MTBF of a switch is 5 million hours. Express that in FIT, and tell me the availability if each repair takes 8 hours. → 200; 99.9998
We run 5,000 ELS modules at 300 FIT and restock every 30 days. How many spares must be on the shelf for a 95% service level? → 3
How many nanoseconds does light need to cross 100 m of fibre with group index 1.467? → 489.339
CPO revenue is forecast to climb from $120 million in 2025 to $4.8 billion in 2031. What compound annual growth rate does this imply? → 84.9311
Four suppliers hold 45%, 30%, 15% and 10% of the market. What is the Herfindahl index? → 3250
Our 1.6T linear pluggable draws 14.4 W at the faceplate; work out its energy per bit on a net 1600 Gb/s basis. → 9
The optics of a fully loaded 102.4T switch are promised to drop from 15 to 5 pJ per bit. How many watts do they burn before and after? → 1536; 512
One pod in the report carries 9,216 800G modules at 13 W each plus 4,608 1.6T modules at 24.5 W each. Give me the total module power in kW. → 232.704
The broker note puts the cluster's optics at 850 kW. Assuming a PUE of 1.2, round-the-clock operation and US$0.10/kWh, work out the yearly energy in MWh and the yearly electricity bill. → 8935.2; 893520
Optics account for 11 percent of the whole cluster's power, and the report says CPO trims that slice by 62 percent. What is the resulting saving at system level? → 6.82
An operator swaps 20,000 pluggables of 15 W each for CPO ports of 6.5 W each. At PUE 1.3 and $0.08 per kWh, running all year, how much does it save on electricity each year? → 154877
A 20 dBm external laser feeds a path with 1.2 dB of connector loss, 6.5 dB of splitter loss, 4.2 dB of modulator loss and 2.1 dB of coupling loss. With a receiver sensitivity of -5 dBm, find the received power and the margin. → 6; 11
Express -3.2 dBm in milliwatts, and also 250 mW in dBm. → 0.47863; 23.9794
Our receiver needs -7 dBm. Along the way we lose 1.5 dB in the ELS connector, 6.5 dB in the splitter, 5 dB in the modulator and 2.3 dB in coupling, and the spec asks for 3 dB of margin. What is the minimum laser power? → 11.3
What pre-FEC bit error ratio should I expect from a PAM4 receiver whose per-eye Q is 3.6? → 0.000119331
Count the optical engines for a 51.2T package assembled from 3.2T engines, allowing two spare engines. → 18
A non-blocking three-tier fat tree is built entirely from radix-64 switches: number of hosts it can attach? → 65536
For 25.6 Tb/s of escape bandwidth, how long a die edge do we need at 500 Gb/s per mm, and how long at 1,000 Gb/s per mm? → 51.2; 25.6
Each fibre attach succeeds 99.9 percent of the time according to the packaging house. What is the yield of 512 such attaches in a row, and what would it become at 99.99 percent each? → 59.9142; 95.0086
The model behind the report takes a cost pool of $9,400 per package, an assembly yield of 72 percent and $260 of post-yield burn-in. Derive the cost per good unit. → 13315.6
Using the Poisson model, estimate the die yield of a 60 mm² photonic chip at a defect density of 0.3 per cm². → 83.527
A CW laser dissipates 0.8 W through thermal resistances of 18 °C/W and 7 °C/W in series, with the case held at 50 °C. Determine its junction temperature. → 70
The cold plate under our CPO package removes 900 W with plain water flowing at 1.5 litres per minute; by how many degrees does the coolant warm up? → 8.62557
Mode-mismatch loss between a fibre with a 9.2 µm mode-field diameter and an edge coupler with a 6.4 µm mode-field diameter, please. → 0.559837
Both modes have a 1/e² radius of 4.6 um. How much loss does a lateral offset of 0.5 um cause, and how much if the offset grows to 1.5 um? → 0.0513108; 0.461797
A Furukawa laser source is specified at 120 FIT: state its MTBF in hours and its survival probability over 61,320 hours. → 8.33333e+06; 99.2669
The field trial in the report logged 2.5 million device-hours without a single failure. At 60 percent confidence, what upper limit on the FIT rate does that support? → 366.516
How many nanoseconds does light need to cross 120 m of fibre with a group index of 1.468? → 587.607
The consultancy sees CPO revenue climbing from US$85 million in 2024 to US$5.4 billion in 2030. What compound annual growth rate does that imply? → 99.7541
Suppose InP substrate shares are 48 percent for Sumitomo Electric, 33 percent for AXT and 19 percent for JX Advanced Metals. Compute the Herfindahl-Hirschman index. → 3754
CPO adds $9,600 of capex per switch. What is the simple payback if it saves $3,200 a year, and what if it saves only $2,400 a year? → 3; 4
An optical engine costs $420 at a cumulative volume of 50,000 units. With a learning rate of 18 percent per doubling, project its cost once 400,000 cumulative units have shipped. → 231.575
Discounting at 10 percent, find the net present value of spending $50,000 now and receiving $18,000 at the end of each of the next four years. → 7057.58
Both modes have a 1/e² radius of 4.6 um. How much loss does a lateral offset of 0.5 um cause, and how much if the offset grows to 1.5 um? → 0.0513108; 0.461797
Mode radius 4.6 um: lateral loss at an offset of 0.5 um and of 1.5 um? → 0.0513108; 0.461797
CPO adds $9,600 of capex per switch. What is the simple payback if it saves $3,200 a year, and what if it saves only $2,400 a year? → 3; 4
What is the yield of 512 attaches in a row at 99.9 percent each, and what would it become at 99.99 percent each? → 59.9142; 95.0086
Compare the extinction-ratio power penalty at 4 dB with that at 6 dB → 3.66021; 2.2295
An optical engine costs $420 at a cumulative volume of 50,000 units. With a learning rate of 18 percent per doubling, project its cost once 400,000 cumulative units have shipped. → 231.575
51.2T switch at 5 pJ/bit: power? And what about 7 pJ/bit? → 256; 358.4
The cost pool is $500 and the post-yield cost $40. What is the cost per good unit at a yield of 62% and at 78%? → 846.452; 681.026
What is the cost per good unit at a yield of 62% and at 78%, given a cost pool of $500? → 806.452; 641.026
The cost pool is $500. What is the cost per good unit at a yield of 62% versus 78%? → 806.452; 641.026
What are the test escapes in ppm at a coverage of 95% for a yield of 80% and for a yield of 90%? → 11095.2; 5254.17
With a cost pool of $500 and $40 of post-yield cost, what does a good unit cost at a yield of 62%, and what does it cost at 78%? → 846.452; 681.026
14 pJ/b vs 5.5 pJ/b @ 1.6T, port watts for each? → 22.4; 8.8
yield per attach goes 98% → 99.5%, 32 attaches in series. Overall yield before and after? → 52.3883; 85.1802
Fiber loss over 2 km and over 10 km at 0.35 dB/km? → 0.7; 3.5
Annual energy of 30 kW versus 12 kW of optics at PUE 1.3, for each? → 341.64; 136.656
16 engines plus 2 spares, each 98% yield; package yield? → 99.4788
18 engines including 2 spares, 98% yield each, what is the package yield? → 99.4788
Compare the optics power of a 102.4T switch at 15 pJ/bit and at 5 pJ/bit → 1536; 512
What is the fiber loss at 0.35 dB/km over 2 km and over 10 km? → 0.7; 3.5
Revenue went from $8 billion in 2021 to $12 billion in 2024; what was the growth per year? → 14.4714
Laser 10 dBm, losses 2 × 1.5 dB and 4 dB, sensitivity -5 dBm; margin? → 8
What would the optics of a 25.6 Tb/s box consume if each bit costs 7 pJ? → 179.2
How long until a $12,000 investment pays back at $4,000 a year? → 3
Extra capex of $500k saves $200k per year in electricity; payback? → 2.5
A 102.4T package is served by 3.2T optical engines. How many of them? → 32
Excess loss 0.4 dB on a 1:8 splitter; total loss? → 9.4309
Probability of surviving 10 years at 100 FIT? → 99.1278
How much power do the optics of a 102.4T switch draw at 15 pJ/bit and at 5? → 1536; 512
Laser 20 dBm, 1:4 splitter with 0.5 dB excess loss, two couplings of 1.5 dB each, sensitivity -5 dBm: margin? → 15.4794
51.2T at 15 pJ/bit: how much power? And at 5 pJ/bit? → 768; 256
A sells at $430 and B at $800; they cost $310 and $340. Gross margin of each? → 27.907; 57.5
Prices are $430 and $800, costs are $310 and $340. Gross margin of each? → 27.907; 57.5
Costs are $310 and $340, prices are $430 and $800. Gross margin of each? → 27.907; 57.5
18 engines are fitted, 2 of them spare, 98% yield each. Package yield? → 99.4788
Arrhenius factor between 55C and 125C with 0.7 eV? → 77.6454
Sensitivity -5 dBm and -8 dBm, laser 20 dBm, loss 15 dB in total: margin of each? → 10; 13
Yield of 85% and 90% with test coverage of 95% and 99%: escape ppm of each? → 8093.02; 1053.05
MTBF 100,000 h and 200,000 h, MTTR 4 h: availability of each? → 99.996; 99.998
1 MW running 7×24 at PUE 1.3: annual MWh? → 11388
1 MW running 24x7 at PUE 1.3: annual MWh? → 11388
1 MW running 24*7 at PUE 1.3: annual MWh? → 11388
2000 or 4000 modules at 500 FIT: failures per year? → 8.76; 17.52
A 25.6T, 51.2T or 102.4T switch at 5 pJ/bit: optics power? → 128; 256; 512
$300 pool with assembly at 90% and test at 80%: cost per good unit? → 416.667
Cost pool $300, assembly at 90% yield and fibre attach at 80% yield: cost per good unit? → 416.667
Revenue of $120 million and $180 million in 2023 and 2024; growth? → 50
Revenues in 2024 and 2023 were $12 billion and $10 billion: growth? → 20
Shipments of 1.5 million and 1.2 million in 2024 and 2023: growth? → 25
Shipments of 1.2 million and 1.5 million in 2023 and 2024 respectively: growth? → 25
Revenue 10 billion → 12 billion dollars: growth? → 20
Revenue in 2024 versus 2023: $12 billion versus $10 billion. Growth? → 20
Revenue this year and last year: $12 billion and $10 billion; growth? → 20
Cost and price of $340 and $800: gross margin? → 57.5
Supply and demand are 30 million and 50 million units: gap? → 2e+07
MTTR and MTBF are 4 h and 50,000 h: availability? → 99.992
Coverage and yield are 95% and 85%: test escape ppm? → 8093.02
The cost and the price are $340 and $800 respectively. What is the gross margin? → 57.5
Exports, imports and production: 20 million, 50 million and 30 million. Import dependency? → 83.3333
Lateral offset and mode radius are 1 µm and 4.6 µm: lateral loss? → 0.205243
Mode radius and offset are 4.6 µm and 1 µm: lateral loss? → 0.205243
Gap and mode radius are 20 µm and 4.6 µm at 1310 nm: longitudinal loss? → 0.165461
一只1.6T光模块的功耗是26瓦，折合每比特多少皮焦？ → 16.25
某智算中心有1万台51.2T交换机，光互连能耗从15皮焦/比特降到5皮焦/比特，PUE取1.3，电价每度0.6元，一年能省多少电费？ → 3.49839e+07
一个光互连集群的IT功率为８００ｋＷ，PUE为１．１５，算一下全年的耗电量。 → 8059.2
数据中心年耗电12000 MWh，电网排放因子为570克/度，一年排放多少吨二氧化碳？再按0.65元/度算出电费。 → 6840; 7.8e+06
单端口功耗由30瓦降到10.5瓦，节电比例是多少？ → 65
光互连占整机柜功耗的15%，换成CPO后这部分功耗节省60%，整机柜层面的节电比例是多少？ → 9
4.2dB的插损相当于多大的线性功率比？另外功率比20换算成dB是多少？ → 2.63027; 13.0103
某ELS模块的出纤光功率合计1000毫瓦，模块耗电8瓦，求它的电光转换效率。 → 0.125
一台交换机共有512个通道，每颗激光器供4个通道，每个ELS模块装8颗激光器，另备4颗冗余激光器，一共需要多少颗激光器、多少个模块？ → 132; 17
发射机消光比只有4 dB，由此带来的功率代价是多少？ → 3.66021
若要求PAM4链路的误码率达到1e-6，Q因子至少要多大？ → 4.69495
接收机噪声密度18 pA/√Hz、波特率53.125 GBd、响应度0.9 A/W，调制格式PAM4，目标误码率2.4e-4，求OMA接收灵敏度。 → -10.8737
PAM8的眼高代价是多少dB？ → 8.45098
用单通道100G去承载25.6T的交换容量，需要多少条通道？ → 256
边缘带宽密度做到500 Gb/s/mm时，102.4T的带宽需要占用多长的芯片边缘？ → 204.8
一颗6.4T光引擎的尺寸是16mm×20mm，它的面带宽密度有多高？ → 20
一个封装上贴装二十四个光引擎，每个良率98.5%，串联下来整体良率还剩多少？ → 69.5776
PIC良率92%、EIC良率96%、键合良率98%、光纤耦合良率94%，求综合良率。 → 81.3604
芯片面积50平方毫米，缺陷密度每平方厘米0.4个，用泊松模型估算裸片良率。 → 81.8731
光引擎功耗24瓦，散热面积300平方毫米，热流密度是多少？ → 8
DFB激光器的温漂系数为0.1nm/℃，温度升高15℃时波长会漂移多少？ → 1.5
微环需要调谐0.6 nm，热调效率0.15 nm/mW，单通道速率100G，加热器功耗是多少毫瓦，折合多少pJ/bit？ → 4; 0.04
硅的热膨胀系数是2.6 ppm/℃，有机基板是16 ppm/℃，温差80℃，长度25毫米，两者的热失配位移是多少微米？ → 26.8
单模光纤的模场半径4.6微米，波导的模场半径3.0微米，二者对接的模场失配损耗是多少？ → 0.770445
光从折射率1.48的胶进入折射率3.48的硅，界面上的菲涅尔反射损耗是多少？ → 0.770624
两侧模场半径均为4.6微米，如果横向偏移损耗只允许0.5 dB，对准容差是多少？ → 1.56081
系统里有32个光引擎、每个20 FIT，另有8个激光源、每个100 FIT，系统总FIT是多少？五年的存活概率又是多少？ → 1440; 93.8876
可靠性试验累计300万器件小时，零失效，按60%置信度，FIT上限是多少？ → 305.43
现网有5000个外置光源，失效率250 FIT，补货周期60天，服务水平要求95%，应备多少个备件？ → 4
链路时延由DSP发端80ns、DSP收端80ns、FEC 110ns和光纤传播245ns组成，合计时延多少？ → 515
某厂商去年出货1200万只光模块，今年出货1860万只，同比增长多少？它今年的出货占全球6200万只的市场份额又是多少？ → 55; 30
四家厂商的市场份额分别是40%、30%、20%和10%，求HHI指数。 → 3000
去年国内产量45万只，进口120万只，出口15万只，进口依存度是多少？ → 80
２０２６年EML芯片需求6000万颗，供应只有4500万颗，供给缺口占需求的百分之几？ → 25
光引擎在累计产量10万只时成本为900美元，学习率18%，累计产量到80万只时成本降到多少？ → 496.231
2025年中国光芯片市场规模为300亿元，按年均25%的增速外推，三年后是多少亿元？ → 5.85938e+10
设备投资15万元，每年运维费用8000元，使用5年，折现率6%，总拥有成本是多少？ → 183699
新产线固定投入三千万元，产品单价480元，单位成本360元，要卖多少只才能盈亏平衡？ → 250000
一柜40个port每个12.5W，另外8个FR4每个7W，optics总power多少kW？ → 0.556
光功率差了40倍，折合多少dB？ → 16.0206
ELS出光500mW、吃电4W，WPE多少？ → 0.125
ER 4dB，power penalty几个dB？ → 3.66021
PAM4要做到BER 2e-4，Q得多少？PAM4相对NRZ的光域眼高penalty又是几dB？ → 3.46343; 4.77121
TIA噪声12 pA/√Hz，56 GBd PAM4，responsivity 0.9 A/W，pre-FEC BER 2.4e-4，带宽系数0.75，Rx sensitivity（OMA）多少dBm？ → -12.5201
512条lane，一颗laser带4条lane，一个ELS装8颗laser，不留备份，要几颗laser、几个ELS？ → 128; 16
51.2T、200G/lane的DR，单纤单波、收发分纤，每4条lane配一根PM供光纤，fiber一共多少根？ → 576
102.4T的chip配6.4T的OE，再加2颗备用，总共要几个OE？ → 18
3.2T引擎占12mm×16mm，面密度多少Gbps/mm²？ → 16.6667
年增35%，几年翻一番？ → 2.30969
PIC 92%、EIC 97%、bonding 98%、fiber attach 95%，总良率多少？ → 83.0824
300mm wafer，die 8mm×10mm，边缘去掉3mm，能切多少颗gross die？ → 775
成本池120美元，良率60%，良后成本18美元，保修5美元，每颗good unit成本多少？ → 223
良率95%、test coverage 90%，漏检多少ppm？ → 5116.2
微环要拉0.8nm，heater效率0.2 nm/mW，lane速率100G，heater吃多少mW、折多少pJ/bit？ → 4; 0.04
硅2.6 ppm/℃配有机基板16 ppm/℃，温差60℃，边长10mm，从中性点算，错位几µm？ → 4.02
1.2kW热量，水冷2 L/min，出水温升几度？ → 8.62557
ring窗口0.15nm，温漂系数0.075 nm/℃，最多能容忍多大温差？ → 2
MFD 9.2µm的SMF对MFD 5µm的edge coupler，模场失配loss几dB？ → 1.52362
端面n=1.46对空气n=1，没镀膜，单面Fresnel loss？ → 0.154574
光斑半径4.6µm，最多让0.5dB，横向对准容差多少µm？ → 1.56081
一台机器32个OE每个20 FIT、16个ELS每个150 FIT，整机FIT多少？跑10年（87600h）的存活率呢？ → 3040; 76.6206
MTBF 50万小时，MTTR 8小时，availability多少，一年down几分钟？ → 99.9984; 8.40947
200万device-hours零失效，90% confidence，FIT上限多少？ → 1151.29
DSP发端90ns、收端90ns、FEC 120ns、光纤50ns，端到端latency合计？ → 350
2025年市场12亿美元，CAGR 40%，到2029年多大？ → 4.60992e+09
800G+出货从1800万只干到4500万只，YoY多少？ → 150
全行业2400万只，某厂卖了620万只，份额多少？四家份额38%、27%、20%、15%的话HHI又是多少？ → 25.8333; 2798
国内产40万只、进口75万只、出口15万只，进口依存度和自给率各多少？ → 75; 40
EML需求6000万颗，产能只有4200万颗，缺口占需求百分之几？ → 30
累计10万只时单只800美元，learning rate 18%，累计做到160万只能降到多少美元？ → 361.697
CPO机型每台多花3000美元，一年省1200美元电费，payback几年？ → 2.5
51.2T交换机，optics从15 pJ/bit降到5 pJ/bit，PUE 1.3，全年8760小时，每度0.6元，一年省多少电费？ → 3498.39
一万台switch，每台optics 600W，PUE 1.25，全年不停，每度电０.５元，一年电费多少？ → 3.285e+07
2MW的optics负载，PUE 1.2，跑满8760h，电网570 g/kWh，年碳排多少吨？ → 11983.7
线体投了600万美元，卖500美元、单位成本380美元，多少只break-even？毛利率多少？ → 50000; 24
switch capex 9万美元，年opex 7000美元，5年，折现率6%，残值0，TCO多少？ → 119487
外置光源每波长出光18 dBm，链路上依次有连接器0.6 dB、分光器6.8 dB、调制器4.5 dB、耦合1.8 dB的损耗，接收灵敏度为-7 dBm，算一下链路余量。 → 11.3
接收灵敏度−6.5 dBm，链路总损耗14.2 dB，再留2.5 dB余量，激光器至少要输出多少dBm？ → 10.2
布了2公里单模光纤，衰减系数0.35 dB/km，光纤本身的损耗是多少？ → 0.7
一分八的分光器，附加损耗0.4 dB，总损耗是多少dB？ → 9.4309
先把16.5 dBm换算成毫瓦，再把250毫瓦换算成dBm。 → 44.6684; 23.9794
ELS里的激光器合计光功率640 mW，电光转换效率14%，驱动效率85%，TEC另耗1.2 W，这个外置光源要吃多少瓦电？ → 6.57815
实测光纤输出总光功率900毫瓦，模块整体耗电7.5瓦，求电光转换效率。 → 0.12
整机共256条通道，一个激光器供4条通道，每个ELS模块装8个激光器，需要多少个激光器、多少个ELS模块？ → 64; 8
发端平均光功率1 dBm，消光比4.5 dB，换算成OMA是多少dBm？ → 0.788359
调制器消光比只有4 dB，带来的功率代价有多大？ → 3.66021
ＰＡＭ４信号，Ｑ因子为３．６，误码率是多少？ → 0.000119331
NRZ链路要做到1e-10的误码率，Q值至少要多少？ → 6.36134
TIA输入噪声18 pA/√Hz，波特率53.125 GBd，响应度0.9 A/W，PAM4调制，纠前误码率2.4e-4，热噪声受限的接收灵敏度（OMA）是多少dBm？ → -10.8737
51.2T的交换芯片，每通道跑200G，一共要多少条通道？ → 256
51.2T交换机用DR方案，每通道200G，每根光纤一个波长，每8条通道共用一根保偏光纤供光，光纤总数是多少？ → 544
交换容量102.4T，单颗光引擎3.2T，另外备两颗，总共要采多少颗光引擎？ → 34
净速率200 Gb/s，经过256b/257b转码和RS(544,514)之后线速率是多少？ → 212.5
一根光纤里走8个波长，波特率50 GBd，PAM4调制，不算编码开销，单纤速率能到多少？ → 800
封装单边长40毫米，要从这条边出25.6T带宽，海岸线带宽密度是多少？ → 640
用256端口的交换机搭三层无阻塞胖树，最多能挂多少台主机？ → 4.1943e+06
激光器功耗1.2 W，壳温50℃，芯片到热沉和热沉到管壳的热阻分别是22 ℃/W和5 ℃/W，结温有多高？ → 82.4
45瓦的热量均匀分布在500平方毫米上，热流密度是多少？ → 9
DFB的温漂系数0.095 nm/℃，温度升高35℃，波长会漂多少纳米？如果只允许漂1.9 nm，温差最多多少度？ → 3.325; 20
微环要调1.5 nm，热调效率0.25 nm/mW，单通道速率100G，加热功率多少毫瓦、折合多少皮焦/比特？ → 6; 0.06
硅光芯片热膨胀系数2.6 ppm/℃，玻璃基板3.8 ppm/℃，温差80℃，长度25 mm，按全长算热膨胀失配位移是多少微米？ → 2.4
冷板要带走800 W热量，水流量每分钟1.5升，出水比进水高多少度？ → 7.66718
器件工作温度40℃，老化试验温度85℃，激活能0.7 eV，加速因子是多少？ → 26.0305
光纤模场半径4.6微米，波导模场半径3.2微米，模场失配损耗有多大？另外，两个模场半径都是4.6微米时横向偏移0.8微米，损耗又是多少？ → 0.559837; 0.131356
光纤在空气中倾斜了0.6度，模场半径4.6微米，波长1310 nm，角度偏差损耗是多少dB？ → 0.0579581
两侧模场半径都是3微米，只肯付0.5 dB的损耗，横向对准容差是多少微米？ → 1.01792
光纤长80米，群折射率1.468，光要飞多少纳秒？还有，5440比特的KP4码字在212.5 Gb/s上要积累多少纳秒？ → 391.738; 25.6
发端DSP 90 ns，收端DSP 90 ns，FEC 120 ns，光纤飞行150 ns，端到端时延合计多少？ → 450
1.6T端口的能耗从15皮焦/比特降到5皮焦/比特，前后功耗各是多少瓦，省了百分之几？ → 24; 8; 66.6667
一台51.2T交换机的光互连按6皮焦/比特算，PUE取1.3，全年不停机，电价每度0.6元，一年光互连要交多少电费？ → 2099.04
机房有一千二百台交换机，每台省电500瓦，PUE按1.2，电价0.55元一度，每年能省多少电费？ → 3.46896e+06
800G光模块实测14瓦，合每比特多少皮焦？换成5.6瓦的CPO，又是多少？ → 17.5; 7
我们部署了3000台51.2T交换机，光互连能耗为5皮焦/比特，PUE为1.25，全年运行8760小时，电价每度0.6元。算一下光互连总功耗（kW）和全年电费。 → 768; 5.04576e+06
第12页给出的800G光引擎能耗为5–7皮焦/比特，对应的接口功耗是多少瓦？ → 4; 5.6
某园区2024年投产，IT功率500 kW，PUE 1.3，全年满载8760小时，电网排放因子582 g/kWh，求年耗电量和年碳排放量。 → 5694; 3313.91
机房里有一万二千只800G模块，每只13瓦，另有4000只1.6T模块，每只25瓦，请汇总总功耗。 → 256
2023年的样机里，放大器把光功率放大了50倍，换算成dB是多少？ → 16.9897
两款调制器的消光比分别是4 dB和6 dB，请分别计算消光比功率代价。 → 3.66021; 2.2295
采用PAM4调制，纠前误码率门限为2.4e-4，对应的Q因子是多少？另外PAM4的眼高代价是多少dB？ → 3.41407; 4.77121
按IEEE 802.3的256b/257b编码加RS(544,514)纠错，净速率400G对应的线速率是多少？ → 425
某初创公司2026年发布的芯片，每根光纤16个波长，波特率32 GBd，NRZ调制，不计编码开销，单纤速率是多少？ → 512
封装共四道工序，PIC良率92%，EIC良率96%，贴装良率98%，光纤耦合良率95%，求复合良率。 → 82.2259
台积电COUPE平台使用３００毫米晶圆，裸片尺寸8 mm×5 mm，边缘去除3 mm，一片晶圆能切出多少颗裸片？ → 1593
微环的可用光谱窗口为0.12 nm，温漂系数0.075 nm/℃，允许的温差是多少摄氏度？ → 1.6
在200G通道上，微环需要调谐0.6 nm，加热器效率0.12 nm/mW，求加热功率和折合的单比特能耗。 → 5; 0.025
硅光芯片的热膨胀系数为2.6 ppm/℃，有机基板为15 ppm/℃，温度变化80℃，长度25 mm（全长，不从中性点算起），热膨胀失配位移有多大？ → 24.8
冷板用水冷却，某1.6T模块阵列散热600瓦，水流量1.2升/分钟，冷却液温升多少度？ → 7.18798
单模光纤的模场直径是9.2微米（半径4.6微米），芯片端模场直径是6微米（半径3微米），求模场失配损耗。 → 0.770445
数据中心里有十万只可插拔模块，每只100 FIT，运行3年（26280小时），预计会坏多少只？ → 262.8
某交换机的MTBF为20万小时，平均修复时间8小时，求可用度。 → 99.996
可靠性试验累计了500万器件小时，零失效，置信度90%，FIT上限是多少？ → 460.517
机房跨度80米，光纤群折射率取1.468，单程传播时延是多少？另外一个5440比特的KP4码字在106.25 Gb/s的通道上需要多少纳秒？ → 391.738; 51.2
链路时延由发送端DSP 80 ns、接收端DSP 90 ns、FEC 120 ns和光纤245 ns组成，总时延多少？ → 535
某分析师预计，CPO市场2025年为12亿美元，此后每年增长40%，到2028年规模多大？ → 3.2928e+09
2025年全球外置光源市场规模为24亿美元，其中A公司6亿美元，B公司3亿美元，两家的市场份额各是多少？ → 25; 12.5
InP衬底市场有三家厂商，份额分别为50%、30%、20%，请计算HHI指数。 → 3800
2025年国内光芯片产量为40万片，进口70万片，出口10万片，进口依存度和自给率分别是多少？ → 70; 40
光引擎初始成本1000美元，累计产量10万只，学习率20%，等累计产量到80万只时（大约2029年），单只成本降到多少？ → 512
项目初期投入5000万元，之后五年每年年末回收1500万元，折现率8%，净现值是多少万元？ → 9.89065e+06
一条产线固定成本2000万美元，每只模块售价450美元，单位成本330美元，盈亏平衡产量是多少只？ → 166667
2026年送样的FAU存在0.5度的角度偏差，模场半径4.6微米，波长1.31微米，间隙为空气（折射率1），角度偏差损耗是多少dB？ → 0.0402487
某51.2T交换机的光互连能耗由16皮焦/比特降到6皮焦/比特，能省下多少瓦？ → 512
１.６Ｔ光模块功耗２８Ｗ，折合每比特多少皮焦？ → 17.5
两万只光模块每只耗电15 W，PUE取1.3，全年不停机，每度0.6元，一年电费多少元？ → 2.04984e+06
每个800G端口改用CPO后由15 W降到5.4 W，共10万个端口，PUE为1.25，一年能少用多少MWh电？ → 10512
网络部分占集群总功耗的12%，这部分节电40%，整个集群节电百分之几？ → 4.8
7 dB相当于多少倍的功率比？另外，功率比50换算成dB是多少？ → 5.01187; 16.9897
外置光源出纤光功率1200 mW，耗电9.6 W，电光转换效率是多少？ → 0.125
平均光功率2 dBm、消光比6 dB，对应的OMA是多少dBm？ → 2.7808
PAM4要做到误码率1e-5，Q因子得多大？ → 4.20021
TIA噪声12 pA/√Hz，符号率53.125 GBd，响应度0.9 A/W，PAM4，目标误码率2.4e-4，热噪声受限的接收灵敏度（OMA）是多少dBm？ → -12.6346
102.4T交换芯片采用200G通道，一共要多少条通道？若每个光引擎6.4T，又要多少个光引擎？ → 512; 16
每根光纤16个波长，波特率32 GBd，NRZ调制，单纤速率是多少Gb/s？ → 512
边缘带宽密度为500 Gb/s/mm，要引出25.6T带宽，需要多少毫米边长？ → 51.2
二十四个光引擎串联，单个良率98%，全部合格的良率是多少？ → 61.578
投入成本池2400元，良率80%，良品后续成本150元，质保费用50元，每个良品的成本是多少元？ → 3200
45 W的热量集中在150平方毫米上，热流密度是多少W/cm²？ → 30
DFB激光器温漂系数0.1 nm/℃，升温35℃波长漂移多少？若可用窗口只有2.5 nm，允许温差多大？ → 3.5; 25
微环需要调0.6 nm，调谐效率0.15 nm/mW，通道速率100G，加热器功率多少mW？折合多少pJ/bit？ → 4; 0.04
硅的热膨胀系数2.6 ppm/℃，有机基板16 ppm/℃，温差80℃，长度25 mm，热膨胀失配位移是多少微米？ → 26.8
折射率3.5的硅与空气（折射率1.0）的界面，菲涅尔反射损耗是多少dB？ → 1.60297
８个光引擎各15 FIT，８个激光源各60 FIT，系统总FIT是多少？ → 600
某模块失效率600 FIT，运行五年（43800小时）的存活概率是多少？ → 97.4062
MTBF为50万小时，平均修复时间8小时，每年停机多少分钟？ → 8.40947
1.5公里光纤的传播时延是多少纳秒？ → 7345.08
EML激光器年需求6000万颗，供给4500万颗，缺口占需求的百分之几？ → 25
每台CPO交换机比可插拔方案贵5000美元，但功耗少400 W，PUE 1.3，电价0.12美元/kWh，全年运行，几年回本？ → 9.14706
国内产量45万只，进口70万只，出口15万只，进口依存度是多少？ → 70
2025年全球CPO市场规模8亿美元，按年增速60%推算，2029年能到多少亿美元？ → 5.24288e+09
一台25.6T交换机，光互连由20 pJ/bit降到CPO的7皮焦/比特，整机光功耗能少多少瓦？ → 332.8
某机房光互连功率共８００ kW，全年满载运行，PUE取1.25，每度0.6元，一年要交多少电费？ → 5.256e+06
一万台51.2T交换机，每台光部分从15皮焦/比特降到5皮焦/比特，PUE为1.3，电价0.10美元/kWh，全年可省多少美元电费？ → 5.83066e+06
800G可插拔模块功耗16瓦，改成CPO后只要6瓦，节电百分之多少？两者的单比特能耗各是多少？ → 62.5; 20; 7.5
两公里光纤、衰减系数0.35 dB/km，损耗多大？再算一下1分8、附加损耗0.6 dB的分光器损耗。 → 0.7; 9.6309
接收灵敏度为－6 dBm，路上损耗有连接器1 dB、分光6.5 dB、调制器4.5 dB、耦合3 dB，还要留3 dB余量，激光器最低要多少dBm？ → 12
512条通道，每只激光器带四条通道，每个外置光源模块装八只激光器，共要多少只激光器、多少个模块？ → 128; 16
NRZ信号的Q因子等于6时，误码率是多少？ → 9.86588e-10
一个外置光源出光900毫瓦，耗电7.5瓦，它的电光转换效率是多少？ → 0.12
51.2T交换机单通道100G，每根光纤走4个波长，收发分纤，数据光纤一共几根？ → 256
净速率200G的通道，经256b/257b转码和RS(544,514)编码后线速率是多少？ → 212.5
光引擎长16毫米、宽12毫米，带宽6.4T，每平方毫米带宽密度是多少？ → 33.3333
产品良率85%，测试覆盖率98%，出厂漏检率是多少ppm？ → 3245.1
微环要热调0.8 nm，加热效率0.2 nm/mW，单通道100G，加热器功率是多少毫瓦，合多少pJ/bit？ → 4; 0.04
硅的热膨胀系数为2.6 ppm/℃，基板为17 ppm/℃，长度30毫米，温度变化80℃，按全长算两者错开多少微米？ → 34.56
使用温度55℃，老化温度85℃，激活能0.7 eV，加速因子是多少？ → 7.9528
折射率1.45和3.48的界面，菲涅尔反射带来多少dB损耗？ → 0.806866
一台设备里有32个光引擎（各20 FIT）和16个外置光源（各60 FIT），整机FIT是多少？换算成MTBF是多少小时？ → 1600; 625000
一个5440比特的码字在212.5 Gb/s通道上收齐要几纳秒？ → 25.6
2025年市场规模为30亿元，今后每年增长20%，到2028年是多少亿元？ → 5.184e+09
EML今年需求60万只，供应只有45万只，缺口占需求的百分之几？ → 25
1.6T模块卖900美元，成本540美元，毛利率有多高？ → 40
交换机购置费12万美元，每年运维8000美元，使用5年，折现率6%，期末无残值，总拥有成本是多少？ → 153699
产线固定投入3000万元，每只售价500元、单位成本380元，卖出多少只才能保本？ → 250000
国内年产40万只，进口70万只，出口10万只，进口依存度和自给率分别是多少？ → 70; 40
某款1.6T光口的能耗由15皮焦/比特降到5皮焦/比特，改进前后的接口功耗各是多少瓦？ → 24; 8
券商报告称，每个800G端口的功耗从14.5 W降至5.8 W，请算一下节电百分比以及新旧功耗之比是几倍。 → 60; 2.5
报告里的智算中心光互连一年用电八千兆瓦时，若电网排放因子为540克/度，年碳排放是多少吨？ → 4320
机房里光互连的IT负载合计600千瓦，PUE按1.25算，全年满载，电价每度0.6元，一年要交多少电费？ → 3.942e+06
两百台51.2T交换机的光模块，单台光互连功耗由960 W降到352 W，PUE取1.3，全年运行，每度电0.7元。算一下一年能省多少电费。 → 969347
如果CPO端口出货量每年复合增长35%，多少年能翻一番？ → 2.30969
封装厂给出的各工序良率是：光芯片92%、电芯片96%、贴装98.5%、光纤耦合95%、终测99%，求总的复合良率。 → 81.819
一个封装放了18个光引擎，只要有16个完好就能出货，单个良率98%，出货良率有多高？ → 99.4788
300 mm硅光晶圆，芯片尺寸8 mm × 5 mm，边缘去掉3 mm，一片大约能切出多少颗裸片？ → 1593
研报说800G以上光模块出货量由２４００万只增加到４０８０万只，其中中际旭创供货1224万只。增幅是百分之几？该公司在4080万只里的市场份额又是多少？ → 70; 30
今年EML激光器需求约5200万颗，而住友电工、三菱电机等厂商合计只能供应3900万颗，供给缺口有多少？占需求的百分之几？ → 1.3e+07; 25
一只1.6T硅光模块售价820美元、成本369美元，毛利率是多少？ → 55
新建一条CPO封装线的固定成本为1.2亿元，每套售价3200元、单位成本2400元，要卖多少套才能盈亏平衡？ → 150000
一台CPO交换机购置成本130000美元，每年运维费7500美元，用5年，折现率8%，期末无残值，求总拥有成本。 → 159945
2025年中国光芯片市场为3.1亿美元，按每年22%的增速外推三年，届时市场规模是多少亿美元？ → 5.62913e+08
比较两种方案的单位带宽成本：800G可插拔模块每只360美元，1.6T的CPO端口每个560美元，分别是每Gb/s多少美元？ → 0.45; 0.35
1:8分光器附加损耗0.6 dB，它的总损耗是多少？另外2公里光纤、每公里衰减0.35 dB，光纤损耗又是多少？ → 9.6309; 0.7
外置光源总输出光功率800 mW，电光转换效率12%，驱动效率80%，不含TEC，电功率要多少瓦？ → 8.33333
调制器的消光比只有4.5 dB，由此带来的功率代价是多少dB？要是提高到6 dB呢？ → 3.22194; 2.2295
整机共1024个通道，每个激光器供4个通道，每个ELS模块装8个激光器，需要几个激光器、几个ELS模块？ → 256; 32
51.2T的CPO交换机，单通道200G，每根光纤只走一个波长，收发分纤，每4个通道配一根保偏光纤供光，算一下数据光纤和光纤总数。 → 512; 576
光引擎功耗45 W，散热面积300平方毫米，热流密度是多少？ → 15
DFB激光器的温漂系数为0.09 nm/℃，升温25℃时波长漂移多少？若可用窗口只有0.5 nm，允许的温差是多少度？ → 2.25; 5.55556
微环需要热调谐0.6 nm，加热器效率0.15 nm/mW，通道速率100G，求加热功率和折合的每比特能耗。 → 4; 0.04
硅光芯片的热膨胀系数为2.6 ppm/℃，有机基板为17 ppm/℃，温度变化80℃，长度30 mm，按全长算热失配位移是多少微米？ → 34.56
某激光器激活能0.7 eV，老化温度85℃，工作温度55℃，加速因子有多大？ → 7.9528
现网部署2000个外置光源，每个250 FIT，备件每4380小时补一次货，服务水平要求95％，至少备几个？ → 5
800G可插拔模块每只360美元，1.6T模块每只560美元，单位带宽成本分别是多少？ → 0.45; 0.35
调制器的消光比只有4.5 dB，由此带来的功率代价是多少dB？要是提高到6 dB呢？ → 3.22194; 2.2295
800G光模块实测14瓦，合每比特多少皮焦？换成5.6瓦的CPO，又是多少？ → 17.5; 7
若交换机51.2T、5 pJ/bit，功耗多少？如果是7 pJ/bit呢？ → 256; 358.4
光纤0.35 dB/km，2 km损耗多少？10 km呢？ → 0.7; 3.5
单位成本池为500元，良率62%和78%时，单位良品成本各是多少？ → 806.452; 641.026
单通道良率从98%提高到99.5%，32通道串联，前后总良率分别是多少？ → 52.3883; 85.1802
三段损耗分别为1 dB、2 dB和3 dB，激光10 dBm，灵敏度-5 dBm，余量是多少？ → 9
封装需要16个光引擎，另有2个备用，单个良率98%，整体良率多少？ → 99.4788
102.4T交换机分别用15 pJ/bit和5 pJ/bit，功耗各是多少瓦？ → 1536; 512
2021年80亿美元，2024年120亿美元，每年增长多少？ → 14.4714
营收三年从80亿元涨到120亿元，年均增长率是多少？ → 14.4714
激光10 dBm，2个连接器各0.5 dB，光纤1.5 dB，灵敏度-6 dBm，余量多少？ → 13.5
多投入50万元，每年省20万元电费，几年回本？ → 2.5
25.6T交换机配1.6T光引擎，共需几个？ → 16
流量0.5L/min的水带走200W，出口比进口高几度？ → 5.75038
甲乙两款售价分别为430元和800元，成本分别为310元和340元，毛利率各是多少？ → 27.907; 57.5
1兆瓦，7×24小时运行，PUE 1.3，年耗电多少MWh？ → 11388
良率85%和90%，覆盖率95%和99%，漏检ppm各是多少？ → 8093.02; 1053.05
覆盖率95%和99%，良率85%和90%，漏检ppm各是多少？ → 8093.02; 1053.05
1兆瓦设备7x24小时不间断运行，PUE 1.3，年耗电多少MWh？ → 11388
1兆瓦设备全年7*24小时运行，PUE 1.3，电价0.6元，年电费多少？ → 6.8328e+06
使用温度45°C和55°C，应力温度125°C，激活能0.7 eV，加速因子各是多少？ → 169.055; 77.6454
2024年和2023年收入分别为12亿和10亿元，增长率？ → 20
2023年和2024年收入分别为10亿和12亿元，增长率？ → 20
2030年和2024年市场分别为90亿和15亿元，CAGR？ → 34.8006
需求和供给分别为50亿和30亿美元，缺口多少？ → 2e+09
收入10亿→12亿元，增长率？ → 20
售价和成本分别为1.2万和0.9万元，毛利率？ → 25
售价、成本分别为8千和6千元，毛利率？ → 25
2023、2024年收入各为10亿、12亿元，增长率多少？ → 20
额外投入和年节省分别为8万和2万元，回本几年？ → 4
供给和需求分别为3000万只和5000万只，缺口多少？ → 2e+07
覆盖率和良率分别为95%和85%，漏检ppm？ → 8093.02
成本和售价分别为340元和800元，毛利率？ → 57.5
MTTR和MTBF分别为4小时和50000小时，可用度？ → 99.992
年节省和额外投入分别为2000元和8000元，几年回本？ → 4
偏移和模场半径分别为1微米和4.6微米，横向损耗？ → 0.205243
模场半径和偏移分别为4.6微米和1微米，横向损耗？ → 0.205243
""".strip().split("\n")

OPEN = """
What will the annual electricity cost be for a 300 kW optics fleet running at a PUE of 1.3?
How many spare ELS modules must we stock for 500 installed units at 300 FIT if we want a 95% service level?
CPO saves us $1,500 a year per switch, what's the payback?
fiber loss for a 2 km run?
What will 2,000 modules cost us in electricity over a year at $0.09 per kWh with a PUE of 1.4?
How many spare laser modules do I need for a 99% service level with 3,000 units in the field?
What does it cost per year to power the 40 racks we installed in Ohio in 2025 at US$0.10/kWh?
The ELS gives 20 dBm and the losses add up to 15 dB, as listed on slide 9. What is the link margin in dB?
What will a year of electricity cost for 3 MW of optics at a PUE of 1.2?
What is the lateral offset loss in dB for a misalignment of 0.8 µm?
A pluggable draws 24 W and its CPO successor 9 W: how many dollars a year does that save?
What Poisson yield can I expect for a photonic die of 120 mm²?
What is the net present value of spending $50,000 now and getting $15,000 back in each of the next five years?
The supplier claims 97 percent test coverage. How many ppm of test escapes will reach us?
What is the yield of 16 engines at 97%, and with 2 spares?
What is the loss of 2 km of fibre at 0.35 dB/km and 2 connectors of 0.5 dB?
某运营商打算把机房的光模块全部换成CPO，旧模块单端口功耗16瓦，能省百分之多少的电？
1.6T模块，帮我算下接口功耗？
800万只光模块，一年大概坏几个？
微环要调2 nm，热调效率没给，加热器功率是多少毫瓦？
激光器出光15 dBm，接收灵敏度-8 dBm，链路余量是多少？
这批光模块2026年一共要用多少度电？数量是2万只，PUE为1.3。
EML激光器2025年的需求约为4000万只，供给缺口占需求的百分之几？
一款光引擎功耗从24 W降到9 W，每年能省多少电费？
光引擎总功耗600 W，PUE为1.3，一年电费多少元？
光引擎首批成本1000美元，累计产量由10万只增至80万只，按莱特定律成本会降到多少？
按照富士奇美拉的预测，CPO市场2030年将达到81亿美元，2024年以来的复合年增长率是多少？
尾纤与波导之间有0.8度的角度偏差，模场半径4.6微米，空气间隙，请计算倾斜带来的损耗。
""".strip().split("\n")


MISLEADING = """
16 engines must work, plus 2 spare lasers; engine yield 98% each. Package yield?
1,024 lanes, 8 lanes per laser, 8 lasers per module including 1 spare: how many ELS modules?
2,500 ELS modules at 500 FIT plus 100 spares in stock: how many fail in a year?
2,500 modules, 100 of them spares on the shelf, 500 FIT: expected failures per year?
A 1+1 protected pair of engines, each 98% yield: what yield?
Core diameter 8.2 µm, offset 1 µm: lateral loss in dB?
A beam diameter of 9.2 µm, waist 4 µm: mode mismatch loss?
Half the MFD is 4.6 µm, offset 1 µm: lateral loss?
A 25 W module for 1.6T is replaced by 9 W: energy per bit before and after, and percent saving?
10 years (2 of them in storage) at 250 FIT: survival?
-40 °C to 85 °C at 0.08 nm/K: wavelength drift?
Two connectors of 0.5 dB and 3 + 4.5 dB of other losses, laser 20 dBm, sensitivity -5 dBm: margin?
Laser 20 dBm; connector 0.5 dB at each of 4 interfaces, modulator 5 dB; sensitivity -5 dBm. Margin?
Laser 20 dBm; 0.5 dB for each of 4 connectors and 5 dB for the modulator; sensitivity -5 dBm. Margin?
Laser 20 dBm, a pair of 0.5 dB connectors, modulator 5 dB, sensitivity -5 dBm. Margin?
Laser 20 dBm, coupling loss 1.5 dB per facet (2 facets), modulator 5 dB, sensitivity -5 dBm: margin?
Laser 20 dBm, SOA gain 6 dB, losses 3 dB and 5 dB, sensitivity -5 dBm: margin?
51.2T optics reduced by 5 pJ/bit from 15 pJ/bit: watts saved?
Yields 92%, 96%, 98% with two passes of the last: compound yield?
5 + 3 years at 250 FIT: survival?
Four 102.4T switches with 6.4T engines: how many engines in all?
2,500 modules at 500 FIT: how many survive one year?
Of 2,500 modules at 500 FIT, how many are still working after 5 years?
A pair of 51.2T switches at 5 pJ/bit: total watts?
Half of 20 51.2T switches run at 5 pJ/bit: total optics power?
Shipments rose from 900 to 1.1 million: growth in percent?
Revenue rose from $900 to $1.1 billion: growth?
250 FIT over 10 years: survival, and failures per year of 2,500 units?
51.2T, half at 5 pJ/bit and half at 15 pJ/bit: optics power?
What are the annual MWh of 1 MW at PUE 1.5 and at PUE 1.2, and how much is saved?
25 °C to 85 °C at 0.08 nm/K: wavelength drift?
Between 25 °C and 85 °C the laser drifts at 0.08 nm/K; total drift?
Two 102.4T switches with 6.4T engines: how many engines?
Three racks, each with a 51.2T switch at 5 pJ/bit: total optics power?
A pair of 1.6T modules at 15 pJ/bit: power in watts?
A pair of 1.6T modules draws 25 W altogether: energy per bit?
Dual 800G module at 25 W: energy per bit?
A twin-port 800G module draws 25 W: energy per bit?
Two lasers of 1.2 W each on one submount with 20 K/W, case 50 °C: junction temperature?
A year and a half at 500 FIT for 2,500 modules: expected failures?
16 engines at 10 FIT each and 2 lasers per engine at 50 FIT each: system FIT?
16 engines at 10 FIT and a fan at 1000 FIT: system FIT?
64 modules at 15 W, half of them off: total kW?
Price $800, cost $340 for the first year and $300 for the second: gross margin of each?
Laser 20 dBm and 17 dBm, losses 6 dB and 5 dB, sensitivity -5 dBm: margin of each?
Escapes at yield 85% with coverage 95% and 99%?
Optics are 12% of power in A and 20% in B; CPO cuts 40%: system saving of each?
Eight of nine engines must work, 98% each: yield?
Payback on two units at $8,000 extra each saving $2,000 a year in all?
CAGR: $1.2 billion to $9.6 billion over 6 years, and to $4.8 billion in the low case?
50 modules of 15 W in each of 10 racks: total kW?
1 MW at PUE 1.3 with 30% solar at 582 g/kWh: annual CO2?
Eight lasers of 100 mW each, wall-plug efficiency 12.5%: electrical power?
Two lasers of 100 mW, wall-plug efficiency 12.5%: electrical power?
Host $4,000, 8 engines at $500, 99% and 98%, assembly $600: cost per good package, and with 2 spare engines?
Cost pool $300 per package, 10 packages, yield 60%: cost per good unit?
Cost pool of $3,000 for 10 packages, yield 60%: cost per good unit?
Cost pool $300 at 60% yield plus $20 post-yield cost, 62% at a second site: cost per good unit?
MTBF 100,000 h, MTTR 4 h, two in series: availability?
FEC 100 ns at both transmitter and receiver, switch 500 ns: total latency?
Latency: DSP 50 ns (x2), switch 500 ns: total?
Latency: DSP 50 ns twice, switch 500 ns: total?
Two dies of 60 mm² in one package, 0.4 defects per cm²: Poisson yield?
6.4T from two edges of 16 mm: shoreline density?
PIC yield 92%, EIC yield 96%, two attach steps of 98%: compound yield?
Three connectors at 0.5 dB, modulator 5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
3 connectors at 0.5 dB, modulator 5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
3 connectors with 0.5 dB, modulator 5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
Connector loss 0.5 dB (three of them), modulator 5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
Connector loss 0.5 dB (3 of them), modulator 5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
Laser 20 dBm split 1:8 (9 dB), losses 6 dB, sensitivity -5 dBm: margin?
Laser 20 dBm, an 8-way splitter with 9.5 dB loss, other losses 6 dB, sensitivity -5 dBm: margin?
8 lanes per laser of 20 dBm, losses 6 dB, sensitivity -5 dBm: margin?
One 20 dBm laser feeds four lanes, losses 6 dB, sensitivity -5 dBm: margin?
Yield rose by 18 points from 60% with a $390 cost pool: cost per good unit?
Revenue fell from 8 billion by 3 billion: decline in percent?
16 engines draw 320 W in total, each 180 mm²: heat flux?
A pair of engines at $500 each delivers 6.4T: cost per Gb/s?
A made $1.2 billion and B $0.8 billion: A's share of the two?
Mode mismatch of 4.6 µm to 3 µm and 4.6 µm to 2 µm: loss of each?
Laser 20 dBm, losses 15 dB in total, sensitivity of negative 5 dBm: margin?
Yield of 98 percent for 16 engines, two bad ones tolerated: package yield?
16 engines, 98% each, up to two may be bad: package yield?
16 engines at 98%, at most one may be bad: package yield?
16 engines at 98% and one switch ASIC at 90%: package yield?
16 engines at 98% and the ASIC at 90%: package yield?
64 ports + 15 W fan: total power?
Loss 3/4.5 dB, laser 20 dBm, sensitivity -5 dBm: margin?
Loss 3 dB typical / 4.5 dB max, laser 20 dBm, sensitivity -5 dBm: margin?
Yields 92%, 96% and 98%, target 90%: compound yield?
Yields 92%, 96%, 98% — versus the 85% of last year: compound yield?
Shares 40%, 30%, 20%, and 10% others: HHI?
2,500 modules at 500 FIT and a switch at 20000 FIT: failures per year?
5 km at 0.35 dB/km and a patch at 0.5 dB/km: loss?
1 MW at PUE 1.3 and a site at PUE 1.5: annual MWh?
51.2T at 5 pJ/bit and a laser at 2 pJ/bit: optics power?
51.2T with engines at 5 pJ/bit and lasers at 2 pJ/bit: optics power?
800G with driver at 3 pJ/bit and laser at 2 pJ/bit: interface power?
A device at 250 FIT and a laser at 500 FIT: survival over 10 years?
MTBF at 250 FIT and a laser at 500 FIT?
Price at $800 with cost at $340 and test at $60: gross margin?
Price of $800, cost of $340 and warranty at $60: gross margin?
Demand 40 million and supply at 30 million with imports at 5 million: gap?
Case 50 °C, 2 W, 18 K/W: junction? What if the ambient rises by 5 °C?
Case 50 °C, 2 W, 18 K/W: junction? What if the power rises by 1 W?
Case 50 °C, 2 W, 18 K/W: junction? What if we add a 3 W heater?
CPO sells $1.2 billion, all other optics $13.8 billion: CPO's market share?
800 W shared by two cold plates, 2 L/min each: coolant rise?
Shoreline: 51.2T on four sides of a 50 mm die: density per mm?
How many fibres for 51.2T at 200G per wavelength and 4 wavelengths per fibre, one direction?
Latency: DSP 50 ns, FEC 100 ns, 10 m fibre at 5 ns per m: total?
Latency: DSP 50 ns at each of the 2 ends, FEC 100 ns: total?
3 hops, each 500 ns switch and 100 ns FEC: total latency?
Laser 16 dBm, split four ways (6 dB), coupling 1.5 dB in and 1.5 dB out, modulator 5 dB, sensitivity -6 dBm: margin?
Laser 16 dBm, coupling loss 1.5 dB on both sides, modulator 5 dB, sensitivity -6 dBm: margin?
Fresnel loss from index 1.45 to 1 and back to 1.45?
Compound yield: 90% wafer, 95% assembly, then test 98% coverage?
Escape ppm: yield 85%, fault coverage 95%, burn-in 90%?
Ours $12 million, rivals $138 million: our market share?
Company A's revenue is $12 million, the others' $138 million. What is A's share of the market?
CPO ports 2 million versus pluggable ports 8 million: what share do CPO ports have?
Domestic sales $3 billion, exports $2 billion, market share of exports in total sales?
Two hops of 500 ns plus 100 ns FEC per hop: total latency?
DSP latency 50 ns per module, 2 modules per link, FEC 100 ns: total latency?
20 m of fibre at 5 ns per metre plus a 500 ns switch: total latency?
Fibre delay 5 ns/m over 20 m, switch 500 ns: total latency?
Coupling 1.5 dB per facet, 2 facets, modulator 5 dB; laser 16 dBm; sensitivity -6 dBm. Link margin?
Laser 16 dBm, total loss 12 dB of which coupling 3 dB, sensitivity -6 dBm: margin?
Losses: coupling 3 dB, modulator 5 dB, total 8 dB; laser 16 dBm; sensitivity -6 dBm. Margin?
DSP 50 ns, FEC 100 ns, together 150 ns, plus switch 500 ns: total latency?
Yields 90% and 95%, giving 85.5%, then 98% for test: compound yield?
A third of 51.2T at 5 pJ/bit: optics power?
A hundred 51.2T switches at 5 pJ/bit: optics power in kW?
A 51.2T switch at 15 pJ/bit with 20% of it idle: power?
64 modules at 15 W, of which 16 at 9 W: total kW?
16 × 800G modules at 15 W: energy per bit?
Case 50 °C, 2 W, 18 K/W: junction? What if ambient is 70 °C?
16 engines at 98%: package yield? What if 14 suffice?
Thermal resistance 5 K/W and 15 K/W, 20 K/W in total, 2 W, case 50 °C: junction?
Thermal resistance 20 K/W, of which TIM 5 K/W, 2 W, case 50 °C: junction?
Total latency if the switch takes 500 ns, including 100 ns of FEC, and the DSP 50 ns?
Modulator loss of 5 dB, 1 dB lower than last year's 6 dB; laser 16 dBm, sensitivity -6 dBm, other losses 4 dB: margin?
Yields of 98% for PIC, 97% for EIC; utilisation 90%: compound yield?
Compound yield of 98% and 97% at 80% line load?
Compound yield at 98%, 97%, with 30% of wafers sampled?
Assembly yield is 95%, of which fibre attach 97%; wafer yield 90%: compound yield?
2,500 modules at 500 FIT each running 12 hours a day: failures per year?
16 engines of 10 FIT, each with 2 lasers of 50 FIT: system FIT?
500 FIT, 10 hours a day, 2,500 units: spares for a year at 95%?
1 MW at PUE 1.3 for 12 hours daily: MWh per year?
2 engines at 100 FIT, each with 16 lasers at 50 FIT: system FIT?
8 engines of 25 W, each with 2 lasers of 10 W: total power?
2x400G module at 12 W per 400G: energy per bit?
4 × 200G lanes at 1.5 W per lane: energy per bit?
16 × 3.2T engines at 20 W each: energy per bit?
6.4T over a 16 mm edge on each of two sides: shoreline density?
Imports, exports and domestic production of 50, 20 and 30 million units: import dependency?
Supply and demand of 30 and 50 million units: gap?
Supply is 30, demand 50 million units: gap?
Demand of 50 and supply of 30 million units: gap?
Fibre delay 4.9 ns/m for 100 m: latency?
FEC 100 ns, of which decoding 60 ns, switch 500 ns: total latency?
Loss of 12 dB including 3 dB of coupling, laser 16 dBm, sensitivity -6 dBm: margin?
A thousand 51.2T switches at 5 pJ/bit: optics power in kW?
Both sides have 8 engines at 27 W each: total power?
1024个通道，每个激光器供8个通道，每个模块8个激光器，其中1个备用，需要几个模块？
2500个模块，其中100个备用（不上电），500 FIT，一年失效几个？
-40到85度，温漂0.08 nm/℃，波长漂移多少？
激光器20 dBm，放大器增益6 dB，损耗3 dB和5 dB，灵敏度-5 dBm，余量多少？
从15 pJ/bit降低5 pJ/bit，51.2T省多少瓦？
102.4T交换机采用6.4T光引擎，每两台交换机共需几个？
出货量从20增长到110万只，增长率？
25到85度，温漂0.08 nm/℃，波长漂移多少？
两台102.4T交换机，采用6.4T光引擎，需要几个引擎？
每个引擎27瓦，两个引擎共占360平方毫米，热流密度？
2500个模块，500 FIT，一年半失效几个？
16个引擎每个10 FIT，每个引擎配2个激光器、每个50 FIT，系统FIT？
16个引擎每个10 FIT，每个引擎配两个激光器、每个50 FIT，系统FIT？
64个模块每个15瓦，一半关机，总功耗多少？
三年半、250 FIT，存活概率？
两片300 mm晶圆，裸片8 mm×5 mm，边缘3 mm，共切多少裸片？
两条16 mm的边引出6.4T，边密度多少？
连接器损耗0.5 dB，共三个，调制器5 dB，激光器20 dBm，灵敏度-5 dBm，余量？
51.2T交换机的能耗从15 pJ/bit下降了5 pJ/bit，每年省多少电（PUE 1.3）？
良率从60%提高了18%，成本池390美元，良品成本？
8、16和32个引擎，单个良率98%，封装良率各是多少？
多投8000美元，每年省2000或4000美元，回本期各多少年？
从55°C到85°C和从55°C到125°C，0.7 eV，加速因子各是多少？
2000和4000个模块，500 FIT，一年各失效几个？
5、10 pJ/bit，51.2T，光功耗各是多少？
激光器20 dBm，损耗总计15 dB，灵敏度负5 dBm，余量多少？
壳温50度，功耗一瓦半，热阻20 K/W，结温多少？
壳温50度，功耗1瓦半，热阻20 K/W，结温多少？
三道工序良率92%、96%、98%，目标90%，复合良率？
份额40%、30%、20%，其他10%，HHI多少？
售价800元，成本340元，毛利率多少？成本降40元呢？
市场12亿元，年增20%，3年后多大？再过2年呢？
A公司收入10亿元增至25亿元，B公司由30亿元降至20亿元，同比增速各是多少？
18个引擎中有2个为备用，单个良率97%，封装良率多少？
CPO卖12亿元，可插拔卖138亿元，CPO占比多少？
CPO销售额12亿元，其余光模块138亿元，CPO份额多少？
51.2T芯片四边各50毫米，边密度多少Gb/s/mm？
三跳每跳500纳秒，外加FEC 100纳秒，总时延？
三跳，每跳交换机500 ns加FEC 100 ns，总时延多少？
激光器16 dBm，每个端面损耗1.5 dB，共2个端面，调制器5 dB，灵敏度-6 dBm，余量？
CPO出货200万，非CPO出货800万，CPO占比？
每个模块DSP 50纳秒，一条链路两个模块，FEC 100纳秒，总时延？
交换机时延500纳秒，共三跳，光纤100纳秒，总时延？
光纤每米5纳秒，共20米，交换机500纳秒，总时延？
损耗：耦合3 dB，调制器5 dB，合计8 dB；激光器16 dBm，灵敏度-6 dBm，余量？
1兆瓦的三分之一，PUE 1.3，年耗电多少MWh？
1兆瓦设备七成负载，PUE 1.3，年耗电多少MWh？
壳温50℃，2瓦，18 K/W，结温多少？壳温升高20℃呢？
热阻5和15 K/W，合计20 K/W，2瓦，壳温50℃，结温？
热阻20 K/W，其中TIM占5 K/W，2瓦，壳温50℃，结温？
交换机时延500纳秒，其中FEC 100纳秒，另有DSP 50纳秒，总时延多少？
晶圆良率90%，组装良率95%，占成本60%，复合良率？
晶圆良率90%，组装良率95%，其中光纤耦合97%，复合良率多少？
2500个模块，500 FIT，每天运行12小时，一年失效几个？
16×3.2T引擎，每个20瓦，每比特能耗？
CPO和可插拔分别出货200万和800万只，CPO占比？
交换机500 ns，五跳，FEC 100 ns，总时延？
1兆瓦设备三成负载，PUE 1.3，年耗电多少MWh？
上百台51.2T交换机，5 pJ/bit，光功耗多少？
两侧各有8个引擎，每个27瓦，总功耗多少？
左右两边各8个引擎，每个100 FIT，系统FIT？
每边16个引擎，四边，每个27瓦，总功耗？
51.2T交换机，5 pJ/bit，利用率60%，功耗多少瓦？如果利用率是80%呢？
""".strip().split("\n")
"""Questions in which a careless reader takes a number for what it is not: to be declined where they are not understood."""


@pytest.mark.parametrize("line", ANSWERED)
def test_the_right_numbers_come_out(line: str) -> None:
    question, _, numbers = line.rpartition(" → ")
    found = route(question)
    assert found is not None
    given = _numbers(found)
    for number in map(Decimal, numbers.split("; ")):
        assert any(abs(number - each) <= abs(number) * Decimal("1e-5") for each in given)


@pytest.mark.parametrize("question", OPEN)
def test_nothing_comes_out_where_a_number_is_missing(question: str) -> None:
    found = route(question)
    assert found is None or any(step.missing for step in found.steps)


@pytest.mark.parametrize("question", MISLEADING)
def test_a_misleading_question_is_declined_rather_than_taken_at_its_word(question: str) -> None:
    assert route(question) is None


def _numbers(found: Route) -> list[Decimal]:
    results = run_route(found)
    values = [output.value for step in found.answers for output in results[step - 1].outputs]
    flat = [each for value in values for each in (value if isinstance(value, tuple) else (value,))]
    ends = [end for one in flat for end in ((one.low, one.high) if isinstance(one, Interval) else (one,))]
    return [one for one in ends if isinstance(one, Decimal)]
