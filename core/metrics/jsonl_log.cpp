#include "core/metrics/jsonl_log.h"

#include <cerrno>
#include <cmath>
#include <limits>

#include "core/base/atomic_file.h"

namespace likeness {
namespace {

constexpr std::size_t kLargestLog = std::size_t{1} << 30;

// Each value and its name, once for both directions.
template <typename Point, typename Visit>
void forEachValue(Point& point, Visit visit) {
  visit("instance_loss", point.instanceLoss);
  visit("prior_loss", point.priorLoss);
  visit("validation_loss", point.validationLoss);
  visit("learning_rate", point.learningRate);
  visit("text_encoder_learning_rate", point.textEncoderLearningRate);
  visit("grad_norm", point.gradNorm);
  visit("steps_per_second", point.stepsPerSecond);
}

// Calls visit(line, object) for each whole line that holds an object with a step.
template <typename Visit>
void forEachLine(std::string_view content, Visit visit) {
  while (!content.empty()) {
    const auto end = content.find('\n');
    if (end == std::string_view::npos) return;  // cut by a crash
    const auto line = content.substr(0, end);
    content.remove_prefix(end + 1);
    const auto object = Json::parse(line, nullptr, false);
    if (object.is_object() && object.contains("step") && object["step"].is_number_integer()) visit(line, object);
  }
}

}  // namespace

Json metricToJson(const MetricPoint& point) {
  Json line{{"step", point.step}};
  forEachValue(point, [&line](const char* name, double value) {
    if (std::isfinite(value)) line[name] = value;
  });
  if (!point.scores.empty()) line["scores"] = point.scores;
  return line;
}

MetricPoint metricFromJson(const Json& line) {
  MetricPoint point;
  point.step = jsonOr<std::int64_t>(line, "step", 0);
  forEachValue(point, [&line](const char* name, double& value) {
    value = jsonOr(line, name, std::numeric_limits<double>::quiet_NaN());
  });
  const auto scores = line.find("scores");
  if (scores == line.end() || !scores->is_object()) return point;
  for (const auto& [name, value] : scores->items()) {
    if (value.is_number()) point.scores[name] = value.get<double>();
  }
  return point;
}

Result<JsonlLog> JsonlLog::open(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "ab");
  if (!file) return systemError(errno, "open the log", path.string());
  return JsonlLog(path, file);
}

Result<JsonlLog> JsonlLog::resume(const std::filesystem::path& path, std::int64_t step) {
  std::error_code failed;
  if (std::filesystem::exists(path, failed)) {
    LK_TRY(const auto content, readFile(path, kLargestLog));
    std::string kept;
    kept.reserve(content.size());
    forEachLine(content, [&](std::string_view line, const Json& object) {
      if (object["step"].get<std::int64_t>() <= step) kept.append(line).push_back('\n');
    });
    if (kept != content) LK_CHECK(writeFileAtomically(path, kept));
  }
  return open(path);
}

Result<void> JsonlLog::append(const MetricPoint& point) { return write(metricToJson(point)); }

Result<void> JsonlLog::note(std::int64_t step, const Notice& notice) {
  return write({{"step", step}, {"notice", notice.code}, {"sentence", notice.sentence}});
}

Result<void> JsonlLog::write(const Json& object) {
  const auto line = object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  errno = 0;
  if (std::fwrite(line.data(), 1, line.size(), m_file.get()) != line.size() || std::fflush(m_file.get()) != 0) {
    return systemError(errno, "write the log", m_path.string());
  }
  return {};
}

Result<std::vector<MetricPoint>> readMetrics(const std::filesystem::path& path) {
  std::vector<MetricPoint> points;
  std::error_code failed;
  if (!std::filesystem::exists(path, failed) && !failed) return points;
  LK_TRY(const auto content, readFile(path, kLargestLog));
  forEachLine(content, [&points](std::string_view, const Json& object) {
    if (!object.contains("notice")) points.push_back(metricFromJson(object));
  });
  return points;
}

}  // namespace likeness
