#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/image.h"
#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// Writes one TensorBoard event file: `events.out.tfevents.<time>.<host>.<process>`, each record handed to the system
/// as it is written. Threads: one.
/// Format: TFRecord framing with masked CRC-32C, records are `tensorflow.Event` messages of version brain.Event:2.
class TensorBoardWriter {
 public:
  /// Opens a new event file in `folder`. With `firstStep` > 0 a session start is recorded, so that TensorBoard drops
  /// what earlier files of the folder say of that step and later.
  [[nodiscard]] static Result<TensorBoardWriter> open(const std::filesystem::path& folder, std::int64_t firstStep = 0);

  [[nodiscard]] Result<void> scalar(std::string_view tag, std::int64_t step, double value);
  /// The spread of some numbers, in buckets of equal width between the least and the greatest.
  [[nodiscard]] Result<void> histogram(std::string_view tag, std::int64_t step, const std::vector<double>& values);
  [[nodiscard]] Result<void> image(std::string_view tag, std::int64_t step, const Image& image);
  /// Shown as Markdown by the text plugin.
  [[nodiscard]] Result<void> text(std::string_view tag, std::int64_t step, std::string_view markdown);

  /// Everything that was measured, as `loss/instance`, `loss/prior`, `loss/validation`, `lr/unet`,
  /// `lr/text_encoder`, `grad_norm`, `speed/steps_per_second`, and `score/…` of each score.
  [[nodiscard]] Result<void> metrics(const MetricPoint& point);

  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  TensorBoardWriter(std::filesystem::path path, std::FILE* file) : m_path(std::move(path)), m_file(file) {}
  [[nodiscard]] Result<void> record(std::string_view event);

  std::filesystem::path m_path;
  std::unique_ptr<std::FILE, Close> m_file;
};

/// CRC-32C (Castagnoli) of `bytes`, not masked. Source: RFC 3720, appendix B.4.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

}  // namespace likeness
