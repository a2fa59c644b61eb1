#pragma once
#include <QObject>

class TestEngineFailures : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void convertsEveryKindOfException();
  void hidesBacktraces();
  void outOfMemoryNamesSettings();
};
