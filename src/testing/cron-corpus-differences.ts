/**
 * Published five-field cases that Milkrun answers differently from their authors, by reason. Read by cron-corpus.test.ts,
 * which fails for a difference that isn't here and for one here that is none any more.
 */
export const CORPUS_DIFFERENCES: Readonly<Record<string, string>> = {
  "W (nearest weekday) is not supported.": `
    croner-0135 croner-0137 croner-0140 croner-0141 croner-0142 croner-0143 croner-0146 croner-0150 croner-0151 croner-0155 croner-0156
    cronexpr-0059 cronexpr-0060 cronexpr-0061 cronos-0700 cronos-0701 cronos-0702 cronos-0703 cronos-0704 cronos-0705 cronos-0706 cronos-0707
    cronos-0708 cronos-0709 cronos-0710 cronos-0711 cronos-0713 cronos-0716 cronos-0719 cronos-0721 cronos-0722 cronos-0723 cronos-0732
    cronos-0758 cronos-1041 cronos-1042 cronos-1045 cronos-1046 cronos-1088 cronos-1090 cronos-1096 cronos-1098 cronos-1099 cronos-1100
    cronos-1105 cronos-1110 cronos-1111 cronos-1113 cronos-1114 cronos-1116 cronos-1118 cronos-1119 cronos-1121 cronos-1407 cronos-1409
    cronos-1410 cronos-1412 cronos-1413 cronos-1414 cronos-1417 cronos-1419 cronos-1422 cronos-1424 cronos-1433 cronos-1434 cronos-1435
    cronos-1436 cronos-1437 cronos-1438 cronos-1439 cronos-1440 cronos-1441 cronos-1442 cronos-1443 cronos-1444 cronos-1445 cronos-1567
    cronos-1641 cronos-1646 cronos-1648 cronos-1656
  `,
  "Reversed ranges are refused, with the two ways to write what was meant.": `
    cronos-1162 cronos-1163 cronos-1164 cronos-1165 cronos-1166 cronos-1167 cronos-1168 cronos-1169 cronos-1170 cronos-1187 cronos-1188
    cronos-1189 cronos-1190 cronos-1221 cronos-1222 cronos-1223 cronos-1224 cronos-1225 cronos-1226 cronos-1227 cronos-1256 cronos-1257
    cronos-1258 cronos-1259 cronos-1260 cronos-1261 cronos-1262 cronos-1263 cronos-1286 cronos-1287 cronos-1288 cronos-1289 cronos-1290
    cronos-1291 cronos-1292 cronos-1293 cronos-1294 cronos-1531 cronos-1547 cronos-1570 cronos-1593 cronos-1607 cronos-1636 cronos-1637
  `,
  "L-n (days before the last) is not supported; L alone is.": `
    cronos-1055 cronos-1056 cronos-1086 cronos-1123 cronos-1349 cronos-1350 cronos-1351 cronos-1352 cronos-1353 cronos-1354 cronos-1355
    cronos-1356 cronos-1357 cronos-1358 cronos-1359 cronos-1368 cronos-1369 cronos-1370 cronos-1371 cronos-1372 cronos-1373 cronos-1374
    cronos-1375 cronos-1376 cronos-1377 cronos-1378 cronos-1379 cronos-1564 cronos-1640
  `,
  "Both day fields restricted means either (crontab); upstream means both.": `
    croner-0117 croniter-0014 croniter-0101 croniter-0102 cronos-1060 cronos-1061 cronos-1062 cronos-1063 cronos-1064 cronos-1068 cronos-1070
    cronos-1071 cronos-1077 cronos-1078 cronos-1080 cronos-1081 cronos-1082 cronos-1083 cronos-1307 cronos-1479 cronos-1489
  `,
  "croniter's quirk: a day of month 0.": `
    croniter-0080 croniter-0081 croniter-0082 croniter-0083 croniter-0084 croniter-0085 croniter-0086 croniter-0087 croniter-0088 croniter-0089
  `,
  "@every_minute and @every_second are not among our macros.": `
    cronos-0346 cronos-0347 cronos-0348 cronos-0349 cronos-1454 cronos-1455 cronos-1462 cronos-1463
  `,
  "Upstream shifts a time in a gap by the gap's length; ours is the first valid instant after it.": `
    cron-parser-0055 cron-parser-0056 cron-parser-0057 croner-0161 croner-0165 croner-0171
  `,
  "The + modifier (both day fields must match) is not supported.": `
    croner-0097 croner-0098 croner-0099 croner-0100 croner-0256 croner-0258
  `,
  "H (hash) is not supported.": `
    cronos-1502 cronos-1505 cronos-1508 cronos-1511
  `,
  "A step larger than the field is allowed, with a note.": `
    cronos-0036 cronos-0235 cronos-0333
  `,
  "0 and 7 are both Sunday; saying it twice is harmless.": `
    cron-parser-0117 cron-parser-0118
  `,
  "Hour covers all 24, so a gap takes nothing from the cadence and adds nothing: 03:30 follows 01:30.": `
    cronos-0782 cronos-0794
  `,
  "1-31 covers the whole field, so it restricts nothing and the weekday alone decides.": `
    cron-parser-0035
  `,
  "Upstream drops the day that Apia left out in 2011; ours collapses it into the first valid instant.": `
    cron-parser-0064
  `,
  "cron-parser drops the 31 because June has none; ours keeps what the field says and the walker drops it.": `
    cron-parser-0126
  `,
  "Upstream's case starts after the only run of that day.": `
    croner-0164
  `,
  "? stands in the day fields only.": `
    croner-0271
  `,
  "JavaScript dates end at the millisecond, so half a millisecond after a slot is the slot itself, which lies not before it.": `
    croniter-0075
  `,
  "croniter's quirk: it drops the * of a list; ours covers every day, so the rest of the list adds nothing.": `
    croniter-0092
  `,
  "The run that a gap moved counts at its own instant when the search starts there.": `
    cronos-1040
  `,
  "Upstream gives the nominal time, which no clock shows; ours gives the instant at which the run happens.": `
    cronos-1651
  `,
  "Upstream's quirk: one second before the gap.": `
    cronos-1655
  `,
};
