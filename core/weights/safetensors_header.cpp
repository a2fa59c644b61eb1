#include "core/weights/safetensors_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/weights/memory_budget.h"
#include "core/weights/tensor_layout.h"

namespace likeness {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors data is little-endian and used in place");

// The reference library allows 100 MB, but then parsing could take several hundred; real headers have less than one.
constexpr std::uint64_t kMaxHeader = 16'000'000;
constexpr std::size_t kMaxMemory = 40'000'000;
constexpr std::size_t kMaxDimensions = 64;         // Torch's limit

struct Dtype {
  std::string_view name;
  torch::ScalarType type;
};
// In the format's own order.
constexpr std::array<Dtype, 10> kDtypes{{{"BOOL", torch::kBool},
                                         {"U8", torch::kUInt8},
                                         {"I8", torch::kInt8},
                                         {"I16", torch::kInt16},
                                         {"F16", torch::kFloat16},
                                         {"BF16", torch::kBFloat16},
                                         {"I32", torch::kInt32},
                                         {"F32", torch::kFloat32},
                                         {"F64", torch::kFloat64},
                                         {"I64", torch::kInt64}}};

// Reads the header event by event, so that a hostile one costs no more memory than the names it holds. Only this may
// stand there: {name: {"dtype": text, "shape": [whole numbers], "data_offsets": [2 whole numbers]}, and at most once
// "__metadata__": {text: text} or null}.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::map<std::string, TensorInfo> tensors;
  std::map<std::string, std::string> metadata;
  std::string problem;      // empty while all is well
  bool unsupported = false;  // the problem is a dtype that we can't hold

  bool null() override {
    if (m_state != State::MetadataValue) return fail("holds a null where none belongs");
    m_state = State::Top;
    return true;
  }
  bool boolean(bool) override { return fail("holds a truth value where none belongs"); }
  bool number_integer(number_integer_t) override { return fail("holds a negative number"); }
  bool number_float(number_float_t, const string_t&) override { return fail("holds a number that is not whole"); }
  bool binary(binary_t&) override { return fail("is not JSON"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return fail("holds a number that is too large");
    }
    if (m_state == State::Shape) {
      if (m_info.shape.size() == kMaxDimensions) return fail("gives " + quotedName(m_name) + " too many dimensions");
      m_info.shape.push_back(static_cast<std::int64_t>(value));
      return true;
    }
    if (m_state == State::Offsets) {
      if (m_offsets == 2) return fail("gives " + quotedName(m_name) + " more than two offsets");
      (m_offsets++ == 0 ? m_info.begin : m_info.end) = value;
      return true;
    }
    return fail("holds a number where none belongs");
  }

  bool string(string_t& value) override {
    if (m_state == State::MetadataText) {
      if (!m_budget.take(kNode + m_name.size() + value.size())) return tooMuch();
      metadata[m_name] = std::move(value);
      m_state = State::Metadata;
      return true;
    }
    if (m_state != State::Dtype) return fail("holds a text where none belongs");
    const auto dtype = safetensorsDtype(value);
    if (!dtype) {
      unsupported = true;
      return fail("stores " + quotedName(m_name) + " as " + quotedName(value) + ", which this version can't read");
    }
    m_info.dtype = *dtype;
    m_state = State::Tensor;
    return true;
  }

  bool start_object(std::size_t) override {
    switch (m_state) {
      case State::Start: m_state = State::Top; return true;
      case State::MetadataValue: m_state = State::Metadata; return true;
      case State::TensorValue:
        m_state = State::Tensor;
        m_info = {};
        m_offsets = 0;
        m_seen = 0;
        return true;
      default: return fail("is nested more deeply than the format allows");
    }
  }

  bool key(string_t& name) override {
    if (m_state == State::Top) {
      m_name = std::move(name);
      const bool isMetadata = m_name == "__metadata__";
      if (isMetadata ? std::exchange(m_hasMetadata, true) : tensors.contains(m_name)) {
        return fail("names " + quotedName(m_name) + " twice");
      }
      m_state = isMetadata ? State::MetadataValue : State::TensorValue;
      return true;
    }
    if (m_state == State::Metadata) {
      m_name = std::move(name);
      if (metadata.contains(m_name)) return fail("names " + quotedName(m_name) + " twice in its metadata");
      m_state = State::MetadataText;
      return true;
    }
    return field(name);
  }

  bool end_object() override {
    if (m_state == State::Top) {
      m_state = State::End;
    } else if (m_state == State::Metadata) {
      m_state = State::Top;
    } else if (m_state == State::Tensor) {
      if (m_seen != 7 || m_offsets != 2) return fail("lacks dtype, shape or offsets for " + quotedName(m_name));
      if (!m_budget.take(kNode + m_name.size() + sizeof(std::int64_t) * m_info.shape.capacity())) return tooMuch();
      tensors.emplace(m_name, std::move(m_info));
      m_state = State::Top;
    }
    return true;
  }

  bool start_array(std::size_t) override {
    if (m_state == State::ShapeValue) return m_state = State::Shape, true;
    if (m_state == State::OffsetsValue) return m_state = State::Offsets, true;
    return fail("holds a list where none belongs");
  }

  bool end_array() override {
    m_state = State::Tensor;
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& exception) override {
    if (problem.empty()) problem = "is not JSON";
    detail = exception.what();
    return false;
  }

  std::string detail;

 private:
  enum class State {
    Start, Top, MetadataValue, Metadata, MetadataText, TensorValue, Tensor, Dtype, ShapeValue, Shape, OffsetsValue,
    Offsets, End
  };

  bool field(const std::string& name) {
    constexpr std::array<std::pair<std::string_view, State>, 3> kFields{
        {{"dtype", State::Dtype}, {"shape", State::ShapeValue}, {"data_offsets", State::OffsetsValue}}};
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (name != kFields[i].first) continue;
      if ((m_seen & (1u << i)) != 0) return fail("gives " + quotedName(m_name) + " " + name + " twice");
      m_seen |= 1u << i;
      m_state = kFields[i].second;
      return true;
    }
    return fail("gives " + quotedName(m_name) + " an unknown field, " + quotedName(name));
  }

  bool tooMuch() { return fail("describes more than any model holds"); }
  bool fail(std::string what) {
    problem = std::move(what);
    return false;
  }

  static constexpr std::size_t kNode = 192;  // what a map takes for one entry and the layout check's list of them
  State m_state = State::Start;
  MemoryBudget m_budget{kMaxMemory};
  std::string m_name;
  TensorInfo m_info;
  unsigned m_offsets = 0, m_seen = 0;
  bool m_hasMetadata = false;
};

// Empty if the tensors fill the data from its first to its last byte, each with as many bytes as its shape needs.
std::string layoutProblem(const std::map<std::string, TensorInfo>& tensors, std::uint64_t dataSize) {
  std::vector<const std::pair<const std::string, TensorInfo>*> order;
  order.reserve(tensors.size());
  for (const auto& entry : tensors) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::tie(a->second.begin, a->second.end, a->first) < std::tie(b->second.begin, b->second.end, b->first);
  });
  std::uint64_t position = 0;
  for (const auto* entry : order) {
    const auto& [name, info] = *entry;
    if (info.begin > info.end) return "puts the end of " + quotedName(name) + " before its start";
    if (info.end > dataSize) {
      return "says that " + quotedName(name) + " ends at byte " + std::to_string(info.end) + " of the data, but only " +
             std::to_string(dataSize) + " are there";
    }
    if (info.begin < position) return "lets " + quotedName(name) + " overlap another tensor";
    if (info.begin > position) return "leaves a hole before " + quotedName(name);
    const auto bytes = byteCount(info.dtype, info.shape);
    if (!bytes) return "gives " + quotedName(name) + " an impossible size";
    if (*bytes != info.end - info.begin) {
      return "gives " + quotedName(name) + " " + std::to_string(info.end - info.begin) +
             " bytes, but its shape needs " + std::to_string(*bytes);
    }
    position = info.end;
  }
  if (position != dataSize) {
    return "accounts for " + std::to_string(position) + " bytes of data, but " + std::to_string(dataSize) +
           " are there";
  }
  return {};
}

}  // namespace

std::string_view safetensorsDtypeName(torch::ScalarType dtype) {
  for (const auto& entry : kDtypes) {
    if (entry.type == dtype) return entry.name;
  }
  return {};
}

std::optional<torch::ScalarType> safetensorsDtype(std::string_view name) {
  for (const auto& entry : kDtypes) {
    if (entry.name == name) return entry.type;
  }
  return std::nullopt;
}

int safetensorsDtypeRank(torch::ScalarType dtype) {
  const auto found = std::find_if(kDtypes.begin(), kDtypes.end(), [&](const Dtype& d) { return d.type == dtype; });
  return static_cast<int>(found - kDtypes.begin());
}

std::string shapeText(at::IntArrayRef shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + "]";
}

Result<SafetensorsHeader> parseSafetensorsHeader(std::span<const std::byte> file, const std::filesystem::path& path) {
  const auto fail = [&](const std::string& what, ErrorCode code = ErrorCode::Corrupt, std::string detail = {}) {
    const auto* next = code == ErrorCode::Unsupported
                           ? " Save it again as F32, F16 or BF16."
                           : " The file is damaged or incomplete; copy or download it again.";
    return Error{code, path.string() + ": " + what + "." + next, std::move(detail), path.string()};
  };
  if (file.size() < 8) return fail("it is too short to be a safetensors file");
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), 8);
  if (length > kMaxHeader) return fail("its header claims " + std::to_string(length) + " bytes, more than any has");
  if (length > file.size() - 8) {
    return fail("its header claims " + std::to_string(length) + " bytes, but the file ends before that");
  }
  const std::string_view text(reinterpret_cast<const char*>(file.data()) + 8, length);
  if (!text.starts_with('{')) return fail("it is not a safetensors file, its header is not a JSON object");
  HeaderReader reader;
  if (!nlohmann::json::sax_parse(text, &reader)) {
    return fail("its header " + reader.problem, reader.unsupported ? ErrorCode::Unsupported : ErrorCode::Corrupt,
                reader.detail);
  }
  const auto problem = layoutProblem(reader.tensors, file.size() - 8 - length);
  if (!problem.empty()) return fail("its header " + problem);
  return SafetensorsHeader{std::move(reader.tensors), std::move(reader.metadata), 8 + length};
}

}  // namespace likeness
