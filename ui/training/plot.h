#pragma once
// The only place that includes QCustomPlot: its header needs Qt's lower-case keywords, which we keep off.
#include <QMetaObject>
#include <QObject>
#include <QtPrintSupport/QPrinter>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit Q_EMIT
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
