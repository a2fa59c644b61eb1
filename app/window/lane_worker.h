#pragma once
#include <QObject>

#include "core/engine/engine.h"

namespace likeness {

/// Lives on a lane's thread and runs one of its jobs for each call of its slot.
class LaneWorker : public QObject {
  Q_OBJECT
 public:
  LaneWorker(Engine& engine, Lane lane) : m_engine(engine), m_lane(lane) {}

 public Q_SLOTS:
  void runNext() { m_engine.runNext(m_lane); }

 private:
  Engine& m_engine;
  Lane m_lane;
};

}  // namespace likeness
