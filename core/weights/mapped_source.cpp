#include "core/weights/mapped_source.h"

#include "core/base/text.h"
#include <algorithm>
#include <functional>
#include <numeric>

#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

using Shape = std::vector<std::int64_t>;

std::uint64_t byteCount(const TensorInfo& info) {
  return std::accumulate(info.shape.begin(), info.shape.end(),
                         static_cast<std::uint64_t>(torch::elementSize(info.dtype)),
                         [](std::uint64_t bytes, std::int64_t size) { return bytes * static_cast<std::uint64_t>(size); });
}

Error misfit(const MappedSource::Origin& origin, const Shape& shape) {
  const auto file = origin.file->path().string();
  return {ErrorCode::Corrupt,
          file + ": " + quotedName(origin.name) + " is " + shapeText(shape) +
              ", which no Stable Diffusion has. The file is damaged or of another kind; get it again.",
          {},
          file};
}

// The shape after the step, empty where the step does not fit.
std::optional<Shape> shapeAfter(MappedSource::Step step, const Shape& shape) {
  using Step = MappedSource::Step;
  switch (step) {
    case Step::ToLinear:
      if (shape.size() <= 2) return shape;
      if (!std::all_of(shape.begin() + 2, shape.end(), [](auto size) { return size == 1; })) return std::nullopt;
      return Shape{shape[0], shape[1]};
    case Step::ToPointwise:
      return shape.size() == 2 ? Shape{shape[0], shape[1], 1, 1} : shape;
    case Step::Transpose:
      if (shape.size() != 2) return std::nullopt;
      return Shape{shape[1], shape[0]};
    case Step::FirstThird:
    case Step::SecondThird:
    case Step::LastThird: {
      if (shape.empty() || shape[0] % 3 != 0) return std::nullopt;
      Shape third = shape;
      third[0] /= 3;
      return third;
    }
    default:
      return shape;
  }
}

torch::Tensor third(const torch::Tensor& whole, std::int64_t index) {
  const auto rows = whole.size(0) / 3;
  return whole.narrow(0, index * rows, rows);
}

[[noreturn]] void throwMissing(const std::filesystem::path& path, const std::string& name) {
  throw ErrorException({ErrorCode::NotFound,
                        path.string() + " holds no tensor " + quotedName(name) + ". Choose a file of another kind.",
                        {},
                        path.string()});
}

}  // namespace

MappedSource::MappedSource(std::filesystem::path path, Metadata metadata)
    : m_path(std::move(path)), m_metadata(std::move(metadata)) {}

Result<void> MappedSource::add(const std::string& name, Step step, std::vector<Origin> origins) {
  const auto& first = origins.front().file->tensors().at(origins.front().name);
  TensorInfo info{first.dtype, first.shape, 0, 0};
  if (step == Step::Join) {
    if (first.shape.empty()) return misfit(origins.front(), first.shape);
    info.shape[0] = 0;
    for (const auto& origin : origins) {
      auto shape = origin.file->tensors().at(origin.name).shape;
      if (shape.size() != first.shape.size() || !std::equal(shape.begin() + 1, shape.end(), first.shape.begin() + 1) ||
          __builtin_add_overflow(info.shape[0], shape[0], &info.shape[0])) {
        return misfit(origin, shape);
      }
    }
  } else {
    const auto shape = shapeAfter(step, first.shape);
    if (!shape) return misfit(origins.front(), first.shape);
    info.shape = *shape;
  }
  info.end = byteCount(info);
  if (m_infos.emplace(name, std::move(info)).second) m_entries.emplace(name, Entry{step, std::move(origins)});
  return {};
}

torch::Tensor MappedSource::tensor(const std::string& name) const {
  const auto found = m_entries.find(name);
  if (found == m_entries.end()) throwMissing(m_path, name);
  const auto& [step, origins] = found->second;
  const auto whole = origins.front().file->tensor(origins.front().name);
  switch (step) {
    case Step::ToLinear:
    case Step::ToPointwise:
      return whole.reshape(m_infos.at(name).shape);
    case Step::Transpose:
      return whole.t().contiguous();
    case Step::FirstThird:
      return third(whole, 0);
    case Step::SecondThird:
      return third(whole, 1);
    case Step::LastThird:
      return third(whole, 2);
    case Step::Join: {
      std::vector<torch::Tensor> rows;
      for (const auto& origin : origins) rows.push_back(origin.file->tensor(origin.name).to(whole.scalar_type()));
      return torch::cat(rows);
    }
    default:
      return whole;
  }
}

MemorySource::MemorySource(const NamedTensors& tensors, std::filesystem::path path, Metadata metadata)
    : m_path(std::move(path)), m_metadata(std::move(metadata)), m_tensors(tensors.begin(), tensors.end()) {
  for (const auto& [name, tensor] : m_tensors) {
    m_infos[name] = {tensor.scalar_type(), tensor.sizes().vec(), 0, static_cast<std::uint64_t>(tensor.nbytes())};
  }
}

torch::Tensor MemorySource::tensor(const std::string& name) const {
  const auto found = m_tensors.find(name);
  if (found == m_tensors.end()) throwMissing(m_path, name);
  return found->second;
}

}  // namespace likeness
