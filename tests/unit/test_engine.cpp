#include <QTest>
#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "core/engine/engine.h"
#include "tests/unit/test_engine_failures.h"

using namespace likeness;
using namespace std::chrono_literals;

namespace {

// Hears everything and knows what must hold of each job's events.
class Listener {
 public:
  void hear(const JobEvent& event) {
    const std::lock_guard lock(m_mutex);
    m_events[event.job].push_back(event);
  }
  std::vector<JobEvent> of(JobId job) {
    const std::lock_guard lock(m_mutex);
    return m_events[job];
  }
  bool finished(JobId job) {
    const auto events = of(job);
    return !events.empty() && std::holds_alternative<Finished>(events.back().payload);
  }
  Outcome outcome(JobId job) { return std::get<Finished>(of(job).back().payload).outcome; }
  bool waitUntilFinished(JobId job) {
    return QTest::qWaitFor([&] { return finished(job); }, 20'000);
  }

  // Empty, or what is wrong: Accepted first, numbered without gaps, exactly one Finished, at the end.
  std::string fault(JobId job) {
    const auto events = of(job);
    if (events.empty()) return "no event";
    if (!std::holds_alternative<Accepted>(events.front().payload)) return "not accepted first";
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (events[i].seq != i) return "wrong number";
      if (std::holds_alternative<Finished>(events[i].payload) != (i + 1 == events.size()))
        return "Finished is not once and last";
    }
    return {};
  }

 private:
  std::mutex m_mutex;
  std::map<JobId, std::vector<JobEvent>> m_events;
};

// Runs a lane on a thread of its own until told to end.
class LaneThread {
 public:
  LaneThread(Engine& engine, Lane lane)
      : m_thread([&engine, lane](const std::stop_token& stop) {
          while (!stop.stop_requested()) {
            if (!engine.runNext(lane)) std::this_thread::sleep_for(50us);
          }
        }) {}

 private:
  std::jthread m_thread;
};

// A job that ends in a way that `Sample::seed` says, after `Sample::steps` looks at its control.
Finished fakeJob(const JobSpec& spec, JobContext& context) {
  const auto* sample = std::get_if<Sample>(&spec);
  if (sample == nullptr) return succeeded("edited");
  for (int step = 0; step < sample->steps; ++step) {
    context.control.proceedOrThrow();
    context.events.metric("run", {step, 0.5});
    context.events.progress({"Working", step, sample->steps});
    if (step % 7 == 3) std::this_thread::sleep_for(100us);
  }
  switch (sample->seed % 6) {
    case 0:
      throw ErrorException({ErrorCode::DiskFull, "The disk is full."});
    case 1:
      throw std::bad_alloc();
    case 2:
      throw 42;
    case 3:
      throw std::runtime_error("odd");
    default:
      return succeeded("done");
  }
}

Sample job(int steps, std::uint64_t seed = 5) {
  Sample sample;
  sample.steps = steps;
  sample.seed = seed;
  return sample;
}

}  // namespace

class TestEngine : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyEndIsToldOnce() {
    Listener listener;
    Engine engine(fakeJob, [&](const JobEvent& event) { listener.hear(event); });
    std::vector<JobId> ids;
    for (std::uint64_t kind = 0; kind < 6; ++kind) ids.push_back(engine.submit(job(3, kind)));
    while (engine.runNext(Lane::Core)) {
    }
    for (std::size_t kind = 0; kind < ids.size(); ++kind) {
      QCOMPARE(QString::fromStdString(listener.fault(ids[kind])), QString());
      QCOMPARE(listener.outcome(ids[kind]), kind < 4 ? Outcome::Failed : Outcome::Succeeded);
    }
    const auto full = std::get<Finished>(listener.of(ids[0]).back().payload);
    QCOMPARE(full.error->code, ErrorCode::DiskFull);
  }

  // Random submits, cancels, pauses, resumes and asks from several threads, ended by a shutdown in the middle.
  void holdsUnderRandomUse_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 0; seed < 40; ++seed) QTest::newRow(std::to_string(seed).c_str()) << seed;
  }
  void holdsUnderRandomUse() {
    QFETCH(unsigned, seed);
    Listener listener;
    Engine engine(fakeJob, [&](const JobEvent& event) { listener.hear(event); });
    std::mutex mutex;
    std::vector<JobId> ids;
    const auto randomJob = [&](std::mt19937& random) {
      const std::lock_guard lock(mutex);
      return ids.empty() ? JobId{0} : ids[random() % ids.size()];
    };
    {
      const LaneThread core(engine, Lane::Core), desk(engine, Lane::Desk);
      std::vector<std::jthread> users;
      for (unsigned user = 0; user < 3; ++user) {
        users.emplace_back([&, user] {
          std::mt19937 random(seed * 10 + user);
          for (int action = 0; action < 60; ++action) {
            switch (random() % 8) {
              case 0:
              case 1: {
                const auto id = engine.submit(job(static_cast<int>(random() % 30), random()));
                const std::lock_guard lock(mutex);
                if (id != 0) ids.push_back(id);
                break;
              }
              case 2: {
                const auto id = random() % 2 != 0 ? engine.submit(SetPage{}) : engine.submit(RenderCrop{});
                const std::lock_guard lock(mutex);
                if (id != 0) ids.push_back(id);
                break;
              }
              case 3:
                engine.cancel(randomJob(random));
                break;
              case 4:
                engine.pause(randomJob(random));
                break;
              case 5:
              case 6:
                engine.resume(randomJob(random));
                break;
              default:
                engine.ask(randomJob(random), JobRequest::Preview);
                break;
            }
            if (random() % 4 == 0) std::this_thread::sleep_for(std::chrono::microseconds(random() % 300));
          }
        });
      }
      users.clear();
      if (seed % 2 == 0) {  // everything ends by itself
        for (const auto id : ids) engine.resume(id);
        for (const auto id : ids) QVERIFY(listener.waitUntilFinished(id));
      }
      engine.shutdown();
    }
    QVERIFY(!ids.empty());
    for (const auto id : ids) {
      QVERIFY(listener.waitUntilFinished(id));
      QCOMPARE(QString::fromStdString(listener.fault(id)), QString());
    }
    QCOMPARE(engine.submit(job(1)), JobId{0});
  }

  void jobsRunInOrderAndLanesBesideEachOther() {
    Listener listener;
    std::atomic<int> running{0}, most{0};
    std::vector<std::uint64_t> order;
    Engine engine(
        [&](const JobSpec& spec, JobContext& context) {
          if (!std::holds_alternative<Sample>(spec)) return succeeded("edited");
          most = std::max(most.load(), ++running);
          order.push_back(std::get<Sample>(spec).seed);
          context.control.proceedOrThrow();
          --running;
          return succeeded("done");
        },
        [&](const JobEvent& event) { listener.hear(event); });
    const auto first = engine.submit(job(1, 1));
    engine.pause(first);
    const auto second = engine.submit(job(1, 2));
    const auto third = engine.submit(job(1, 3));
    const LaneThread core(engine, Lane::Core), desk(engine, Lane::Desk);
    const auto edit = engine.submit(SetPage{});
    QVERIFY(listener.waitUntilFinished(edit));  // although the core lane is paused
    QVERIFY(!listener.finished(second));
    engine.resume(first);
    QVERIFY(listener.waitUntilFinished(third));
    QCOMPARE(order, (std::vector<std::uint64_t>{1, 2, 3}));
    QCOMPARE(most.load(), 1);
  }

  void saysThatAJobWaitsForAPausedOne() {
    Listener listener;
    Engine engine(fakeJob, [&](const JobEvent& event) { listener.hear(event); });
    const LaneThread core(engine, Lane::Core);
    const auto training = engine.submit(job(1'000'000));
    QVERIFY(QTest::qWaitFor([&] { return listener.of(training).size() > 3; }));
    engine.pause(training);
    const auto sample = engine.submit(job(1));
    bool told = false;
    for (const auto& event : listener.of(sample)) {
      if (const auto* notice = std::get_if<Notice>(&event.payload)) told |= notice->code == "waits_for_paused";
    }
    QVERIFY(told);
    engine.cancel(training);  // also in a pause
    QVERIFY(listener.waitUntilFinished(training));
    QCOMPARE(listener.outcome(training), Outcome::Cancelled);
    QVERIFY(listener.waitUntilFinished(sample));
    QCOMPARE(listener.outcome(sample), Outcome::Succeeded);
  }

  void cancelsWaitingJobsWithoutRunningThem() {
    Listener listener;
    int ran = 0;
    Engine engine([&](const JobSpec&, JobContext&) { return ++ran, succeeded("done"); },
                  [&](const JobEvent& event) { listener.hear(event); });
    const auto id = engine.submit(job(1));
    engine.cancel(id);
    QVERIFY(listener.finished(id));
    QVERIFY(!engine.runNext(Lane::Core));
    QCOMPARE(ran, 0);
    QCOMPARE(listener.outcome(id), Outcome::Cancelled);
    engine.cancel(id);
    QCOMPARE(QString::fromStdString(listener.fault(id)), QString());
  }

  void metricsAreGatheredAndNoneIsLost() {
    Listener listener;
    constexpr int kPoints = 4000;
    Engine engine(
        [&](const JobSpec&, JobContext& context) {
          for (int step = 0; step < kPoints; ++step) {
            context.events.metric("run", {step});
            std::this_thread::sleep_for(100us);
          }
          return succeeded("done");
        },
        [&](const JobEvent& event) { listener.hear(event); });
    const auto id = engine.submit(job(1));
    const auto start = std::chrono::steady_clock::now();
    engine.runNext(Lane::Core);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::int64_t next = 0;
    int batches = 0;
    for (const auto& event : listener.of(id)) {
      const auto* batch = std::get_if<MetricBatch>(&event.payload);
      if (batch == nullptr) continue;
      ++batches;
      for (const auto& point : batch->points) QCOMPARE(point.step, next++);
    }
    QCOMPARE(next, kPoints);
    QVERIFY2(batches <= seconds * 10 + 2, std::to_string(batches).c_str());
  }

  void theSinkMayCallBack() {
    Listener listener;
    Engine* self = nullptr;
    Engine engine(fakeJob, [&](const JobEvent& event) {
      listener.hear(event);
      if (std::holds_alternative<StateChanged>(event.payload)) self->cancel(event.job);
      if (std::holds_alternative<Finished>(event.payload)) self->pause(event.job);
    });
    self = &engine;
    const auto id = engine.submit(job(1000));
    engine.runNext(Lane::Core);
    QCOMPARE(QString::fromStdString(listener.fault(id)), QString());
    QCOMPARE(listener.outcome(id), Outcome::Cancelled);
  }

  void newerCropsReplaceWaitingOnes() {
    Listener listener;
    Engine engine(fakeJob, [&](const JobEvent& event) { listener.hear(event); });
    const auto older = engine.submit(RenderCrop{"p", "a.jpg", {}});
    const auto other = engine.submit(RenderCrop{"p", "b.jpg", {}});
    const auto newer = engine.submit(RenderCrop{"p", "a.jpg", {0.1, 0.1, 0.5, 0}});
    while (engine.runNext(Lane::Desk)) {
    }
    QCOMPARE(listener.outcome(older), Outcome::Cancelled);
    QCOMPARE(listener.outcome(other), Outcome::Succeeded);
    QCOMPARE(listener.outcome(newer), Outcome::Succeeded);
  }
};

int main(int argc, char** argv) {
  TestEngine engine;
  TestEngineFailures failures;
  return QTest::qExec(&engine, argc, argv) + QTest::qExec(&failures, argc, argv);
}
#include "test_engine.moc"
