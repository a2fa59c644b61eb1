#include "core/metrics/tensorboard_writer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <protozero/pbf_writer.hpp>

#include "core/data/picture_file.h"

namespace likeness {
namespace {

// Field numbers of the protocol messages tensorflow.Event, Summary, Summary.Value, Summary.Image, HistogramProto,
// SummaryMetadata, TensorProto and SessionLog.
namespace event {
enum : protozero::pbf_tag_type { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7 };
}
namespace value {
enum : protozero::pbf_tag_type { kTag = 1, kSimpleValue = 2, kImage = 4, kHistogram = 5, kTensor = 8, kMetadata = 9 };
}
namespace picture {
enum : protozero::pbf_tag_type { kHeight = 1, kWidth = 2, kColourSpace = 3, kEncoded = 4 };
}
namespace spread {
enum : protozero::pbf_tag_type { kMin = 1, kMax = 2, kCount = 3, kSum = 4, kSumOfSquares = 5, kLimits = 6, kBuckets = 7 };
}
constexpr std::size_t kBucketCount = 30;  // as TensorBoard's own plugin shows
constexpr int kSummaryValue = 1, kMetadataPlugin = 1, kPluginName = 1;
constexpr int kTensorType = 1, kTensorShape = 2, kTensorStrings = 8, kShapeDim = 2, kDimSize = 1, kStringType = 7;
constexpr int kSessionStatus = 1, kSessionStart = 1;
constexpr int kRgb = 3;

constexpr std::array<std::uint32_t, 256> makeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0x82F63B78u : 0u);
    table[byte] = crc;
  }
  return table;
}

// TFRecord stores checksums rotated and offset, so that a checksum of data with checksums in it stays good.
std::uint32_t maskedCrc(std::string_view bytes) {
  const auto crc = crc32c(bytes);
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
}

void appendLittleEndian(std::string& out, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(number >> (8 * i)));
}

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// An Event around what `fill` writes.
template <typename Fill>
std::string makeEvent(std::int64_t step, Fill fill) {
  std::string data;
  protozero::pbf_writer writer(data);
  writer.add_double(event::kWallTime, now());
  writer.add_int64(event::kStep, step);
  fill(writer);
  return data;
}

// An Event with one summary value of this tag, whose kind `fill` writes.
template <typename Fill>
std::string makeSummary(std::string_view tag, std::int64_t step, Fill fill) {
  return makeEvent(step, [&](protozero::pbf_writer& writer) {
    protozero::pbf_writer summary(writer, event::kSummary);
    protozero::pbf_writer entry(summary, kSummaryValue);
    entry.add_string(value::kTag, tag.data(), tag.size());
    fill(entry);
  });
}

std::string eventFileName() {
  static std::atomic<int> count{0};  // two writers in one process and second must differ
  char host[256] = "localhost";
  ::gethostname(host, sizeof host - 1);
  return "events.out.tfevents." + std::to_string(static_cast<std::int64_t>(now())) + '.' + host + '.' +
         std::to_string(::getpid()) + '.' + std::to_string(count++);
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr auto kTable = makeCrcTable();
  std::uint32_t crc = ~0u;
  for (const char byte : bytes) crc = (crc >> 8) ^ kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xff];
  return ~crc;
}

Result<TensorBoardWriter> TensorBoardWriter::open(const std::filesystem::path& folder, std::int64_t firstStep) {
  const auto path = folder / eventFileName();
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return systemError(errno, "create the event file", path.string());
  TensorBoardWriter writer(path, file);
  LK_CHECK(writer.record(makeEvent(0, [](auto& out) { out.add_string(event::kFileVersion, "brain.Event:2"); })));
  if (firstStep > 0) {
    LK_CHECK(writer.record(makeEvent(firstStep, [](auto& out) {
      protozero::pbf_writer session(out, event::kSessionLog);
      session.add_enum(kSessionStatus, kSessionStart);
    })));
  }
  return writer;
}

Result<void> TensorBoardWriter::record(std::string_view event) {
  std::string framed;
  framed.reserve(event.size() + 16);
  appendLittleEndian(framed, event.size(), 8);
  appendLittleEndian(framed, maskedCrc(framed), 4);
  framed.append(event);
  appendLittleEndian(framed, maskedCrc(event), 4);
  errno = 0;
  if (std::fwrite(framed.data(), 1, framed.size(), m_file.get()) != framed.size() || std::fflush(m_file.get()) != 0) {
    return systemError(errno, "write the event file", m_path.string());
  }
  return {};
}

Result<void> TensorBoardWriter::scalar(std::string_view tag, std::int64_t step, double value) {
  return record(makeSummary(tag, step, [value](auto& entry) {
    entry.add_float(value::kSimpleValue, static_cast<float>(value));
  }));
}

Result<void> TensorBoardWriter::histogram(std::string_view tag, std::int64_t step, const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto [least, greatest] = std::ranges::minmax(values);
  const auto width = (greatest - least) / static_cast<double>(kBucketCount);
  std::vector<double> limits, counts(kBucketCount, 0.0);
  for (std::size_t i = 1; i < kBucketCount; ++i) limits.push_back(least + width * static_cast<double>(i));
  limits.push_back(greatest);
  double sum = 0, squares = 0;
  for (const auto value : values) {
    const auto place = width > 0 ? static_cast<std::size_t>((value - least) / width) : kBucketCount - 1;
    counts[std::min(place, kBucketCount - 1)] += 1;
    sum += value;
    squares += value * value;
  }
  return record(makeSummary(tag, step, [&](auto& entry) {
    protozero::pbf_writer out(entry, value::kHistogram);
    out.add_double(spread::kMin, least);
    out.add_double(spread::kMax, greatest);
    out.add_double(spread::kCount, static_cast<double>(values.size()));
    out.add_double(spread::kSum, sum);
    out.add_double(spread::kSumOfSquares, squares);
    out.add_packed_double(spread::kLimits, limits.begin(), limits.end());
    out.add_packed_double(spread::kBuckets, counts.begin(), counts.end());
  }));
}

Result<void> TensorBoardWriter::image(std::string_view tag, std::int64_t step, const Image& image) {
  LK_TRY(const auto png, encodePicture(image));
  return record(makeSummary(tag, step, [&](auto& entry) {
    protozero::pbf_writer out(entry, value::kImage);
    out.add_int32(picture::kHeight, image.height);
    out.add_int32(picture::kWidth, image.width);
    out.add_int32(picture::kColourSpace, kRgb);
    out.add_bytes(picture::kEncoded, reinterpret_cast<const char*>(png.data()), png.size());
  }));
}

Result<void> TensorBoardWriter::text(std::string_view tag, std::int64_t step, std::string_view markdown) {
  return record(makeSummary(tag, step, [markdown](auto& entry) {
    {
      protozero::pbf_writer tensor(entry, value::kTensor);
      tensor.add_enum(kTensorType, kStringType);
      {
        protozero::pbf_writer shape(tensor, kTensorShape);
        protozero::pbf_writer dim(shape, kShapeDim);
        dim.add_int64(kDimSize, 1);
      }
      tensor.add_bytes(kTensorStrings, markdown.data(), markdown.size());
    }
    protozero::pbf_writer metadata(entry, value::kMetadata);
    protozero::pbf_writer plugin(metadata, kMetadataPlugin);
    plugin.add_string(kPluginName, "text");
  }));
}

Result<void> TensorBoardWriter::metrics(const MetricPoint& point) {
  const std::pair<const char*, double> values[] = {
      {"loss/instance", point.instanceLoss},   {"loss/prior", point.priorLoss},
      {"loss/validation", point.validationLoss}, {"lr/unet", point.learningRate},
      {"lr/text_encoder", point.textEncoderLearningRate}, {"grad_norm", point.gradNorm},
      {"speed/steps_per_second", point.stepsPerSecond}};
  for (const auto& [tag, number] : values) {
    if (std::isfinite(number)) LK_CHECK(scalar(tag, point.step, number));
  }
  for (const auto& [name, score] : point.scores) LK_CHECK(scalar("score/" + name, point.step, score));
  return {};
}

}  // namespace likeness
