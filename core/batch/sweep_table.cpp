#include "core/batch/sweep_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <tuple>

#include "core/base/json.h"
#include "core/metrics/jsonl_log.h"
#include "core/project/run_folder.h"
#include "core/train/run_recorder.h"

namespace likeness {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kLastSteps = 10;

double meanOfLast(const std::vector<MetricPoint>& points, double MetricPoint::*member) {
  double sum = 0;
  std::size_t count = 0;
  for (auto point = points.rbegin(); point != points.rend() && count < kLastSteps; ++point) {
    if (!std::isfinite((*point).*member)) continue;
    sum += (*point).*member;
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : kNaN;
}

void addValidation(SweepRow& row, const std::vector<MetricPoint>& points) {
  row.validationLoss = row.bestValidationLoss = kNaN;
  for (const auto& point : points) {
    if (!std::isfinite(point.validationLoss)) continue;
    row.validationLoss = point.validationLoss;
    if (row.bestValidationLoss <= point.validationLoss) continue;
    row.bestValidationLoss = point.validationLoss;
    row.bestStep = point.step;
  }
}

Result<SweepRow> rowOf(const Sweep& sweep, const SweepTrial& trial) {
  LK_TRY(const auto points, readMetrics(metricsFile(sweep.runFolder(trial))));
  SweepRow row;
  row.trial = trial;
  row.failure = trialFailure(sweep, trial);
  for (const auto& point : points) {
    row.steps = std::max(row.steps, point.step);
    if (std::isfinite(point.stepsPerSecond) && point.stepsPerSecond > 0) row.seconds += 1.0 / point.stepsPerSecond;
  }
  row.instanceLoss = meanOfLast(points, &MetricPoint::instanceLoss);
  row.priorLoss = meanOfLast(points, &MetricPoint::priorLoss);
  addValidation(row, points);
  const auto record = readRunRecord(sweep.runFolder(trial));
  const bool ended = record.ok() && record->state == RunState::Finished;  // perhaps before its last step: early_stop
  const bool whole = ended || row.steps >= trial.steps;
  row.state = !row.failure.empty() ? "failed" : whole ? "finished" : "left";
  return row;
}

// In text, not measured is empty.
std::string text(double number, const char* format) {
  if (!std::isfinite(number)) return {};
  std::array<char, 40> digits{};
  std::snprintf(digits.data(), digits.size(), format, number);
  return digits.data();
}

std::string exact(double number) {
  if (!std::isfinite(number)) return {};
  std::array<char, 40> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

std::string cell(std::string value) {
  for (auto at = value.find('|'); at != std::string::npos; at = value.find('|', at + 2)) value.insert(at, "\\");
  std::ranges::replace(value, '\n', ' ');
  return value;
}

std::string csvField(const std::string& value) {
  if (value.find_first_of(",\"\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json objectOf(const OptionList& options) {
  auto object = Json::object();
  for (const auto& [name, value] : options) object[name] = value;
  return object;
}

const std::vector<std::string>& columns() {
  static const std::vector<std::string> names = {"state",           "steps",
                                                 "instance_loss",   "prior_loss",
                                                 "validation_loss", "best_validation_loss",
                                                 "best_step",       "seconds"};
  return names;
}

}  // namespace

Result<std::vector<SweepRow>> sweepRows(const Sweep& sweep) {
  std::vector<SweepRow> rows;
  for (const auto& trial : sweep.trials) {
    LK_TRY(auto row, rowOf(sweep, trial));
    rows.push_back(std::move(row));
  }
  const bool rungs = sweep.file.halving.has_value();
  std::ranges::sort(rows, {}, [rungs](const SweepRow& row) {
    const auto loss = std::isfinite(row.bestValidationLoss) ? row.bestValidationLoss
                                                            : std::numeric_limits<double>::infinity();
    return std::tuple(row.state == "failed", rungs ? -row.steps : 0, loss, row.trial.number);
  });
  return rows;
}

bool isRanked(const std::vector<SweepRow>& rows) {
  return !rows.empty() && rows.front().state == "finished" && std::isfinite(rows.front().bestValidationLoss);
}

std::string sweepMarkdown(const Sweep& sweep, const std::vector<SweepRow>& rows) {
  std::string head = "| run |", line = "|---|";
  for (const auto& axis : sweep.file.axes) head += " " + axis.option + " |", line += "---|";
  for (const auto& name : columns()) head += " " + name + " |", line += "---|";
  std::string table = "# Sweep " + sweep.id() + "\n\n";
  table += isRanked(rows) ? "Best first, by the lowest validation loss.\n\n"
                          : "In order of number: no validation loss says which is best.\n\n";
  if (const auto advice = comparisonAdvice(sweep.file); !advice.empty()) table += advice + "\n\n";
  table += head + "\n" + line + "\n";
  std::string failures;
  for (const auto& row : rows) {
    table += "| " + std::to_string(row.trial.number) + " |";
    for (const auto& [name, value] : row.trial.tried) table += " " + cell(value) + " |";
    for (const auto& value :
         {row.state, std::to_string(row.steps), text(row.instanceLoss, "%.5f"), text(row.priorLoss, "%.5f"),
          text(row.validationLoss, "%.5f"), text(row.bestValidationLoss, "%.5f"), std::to_string(row.bestStep),
          text(row.seconds, "%.1f")}) {
      table += " " + value + " |";
    }
    table += "\n";
    if (!row.failure.empty()) failures += "- run " + std::to_string(row.trial.number) + ": " + cell(row.failure) + "\n";
  }
  return table + (failures.empty() ? "" : "\nFailed:\n\n" + failures);
}

std::string sweepCsv(const std::vector<SweepRow>& rows) {
  std::string table = "run";
  for (const auto& [name, value] : rows.front().trial.tried) table += "," + csvField(name);
  for (const auto& name : columns()) table += "," + name;
  table += "\n";
  for (const auto& row : rows) {
    table += std::to_string(row.trial.number);
    for (const auto& [name, value] : row.trial.tried) table += "," + csvField(value);
    for (const auto& value :
         {row.state, std::to_string(row.steps), exact(row.instanceLoss), exact(row.priorLoss),
          exact(row.validationLoss), exact(row.bestValidationLoss), std::to_string(row.bestStep), exact(row.seconds)}) {
      table += "," + value;
    }
    table += "\n";
  }
  return table;
}

std::string sweepJson(const Sweep& sweep, const std::vector<SweepRow>& rows) {
  auto list = Json::array();
  for (const auto& row : rows) {
    list.push_back({{"run", row.trial.number},
                    {"folder", sweep.runFolder(row.trial).lexically_relative(sweep.folder).string()},
                    {"tried", objectOf(row.trial.tried)},
                    {"options", objectOf(row.trial.options)},
                    {"state", row.state},
                    {"failure", row.failure},
                    {"steps", row.steps},
                    {"instance_loss", number(row.instanceLoss)},
                    {"prior_loss", number(row.priorLoss)},
                    {"validation_loss", number(row.validationLoss)},
                    {"best_validation_loss", number(row.bestValidationLoss)},
                    {"best_step", row.bestStep},
                    {"seconds", number(row.seconds)}});
  }
  const Json json = {{"version", 1}, {"sweep", sweep.id()}, {"ranked", isRanked(rows)}, {"runs", list}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace likeness
