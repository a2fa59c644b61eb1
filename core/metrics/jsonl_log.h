#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/api/job.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// The full record of a run: append-only, one JSON object a line, handed to the system after each line.
/// Values that were not measured (NaN) are left out. Threads: one.
class JsonlLog {
 public:
  /// Starts a new record, or goes on with an existing one.
  [[nodiscard]] static Result<JsonlLog> open(const std::filesystem::path& path);

  /// Goes on with a record at `step`: lines of later steps and a cut last line are dropped, atomically.
  [[nodiscard]] static Result<JsonlLog> resume(const std::filesystem::path& path, std::int64_t step);

  /// Appends one line. Errors: DiskFull, …
  [[nodiscard]] Result<void> append(const MetricPoint& point);

  /// Appends a line that says what happened after a step: `step`, `notice` (its code) and `sentence`. It is no point.
  [[nodiscard]] Result<void> note(std::int64_t step, const Notice& notice);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[nodiscard]] Result<void> write(const Json& line);
  JsonlLog(std::filesystem::path path, std::FILE* file) : m_path(std::move(path)), m_file(file) {}
  std::filesystem::path m_path;
  std::unique_ptr<std::FILE, Close> m_file;
};

/// A point as it stands in the log: `step`, `instance_loss`, `prior_loss`, `validation_loss`, `learning_rate`,
/// `text_encoder_learning_rate`, `grad_norm`, `steps_per_second`, and `scores` by name; without what is NaN.
[[nodiscard]] Json metricToJson(const MetricPoint& point);
[[nodiscard]] MetricPoint metricFromJson(const Json& line);

/// All points of a record, in the file's order; a line that is cut or is not an object is left out. A missing file is
/// an empty record. Errors: PermissionDenied; Unsupported beyond 1 GiB.
[[nodiscard]] Result<std::vector<MetricPoint>> readMetrics(const std::filesystem::path& path);

}  // namespace likeness
