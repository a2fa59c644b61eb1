#include "core/weights/open_weights.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "core/base/mapped_file.h"
#include "core/weights/safetensors.h"
#include "core/weights/torch_contents.h"
#include "core/weights/torch_file.h"

namespace likeness {
namespace {

using Opened = Result<std::shared_ptr<const TensorSource>>;

struct Stranger {
  std::string_view start;
  const char* is;
};
// What lies there instead of weights when a download went wrong, or another program's model.
constexpr std::array<Stranger, 8> kStrangers{{
    {"version https://git-lfs", "is a Git LFS pointer: the weights themselves were not downloaded. Fetch them with git "
                                "lfs pull, or download the file itself."},
    {"<!DOCTYPE", "is a web page: the download of the weights did not work. Download the file itself."},
    {"<!doctype", "is a web page: the download of the weights did not work. Download the file itself."},
    {"<html", "is a web page: the download of the weights did not work. Download the file itself."},
    {"GGUF", "is a GGUF file, which this version can't read. Get the model as .safetensors."},
    {"\x89HDF", "is an HDF5 file, which this version can't read. Get the model as .safetensors."},
    {"PK", "is an empty or damaged zip archive. Copy or download it again."},
    {"\x1f\x8b", "is compressed by gzip. Unpack it first."},
}};

template <typename File>
Opened opened(Result<File> file) {
  if (!file) return file.error();
  return std::shared_ptr<const TensorSource>(std::make_shared<const File>(std::move(file).value()));
}

// A header's length and the start of its JSON object.
bool looksLikeSafetensors(std::span<const std::byte> file) {
  return file.size() >= 9 && file[8] == std::byte{'{'};
}

// The same with a length below 16 MB: its first bytes can be those of a pickle by chance, a pickle's are never so.
bool isSurelySafetensors(std::span<const std::byte> file) {
  const auto zero = [](std::byte byte) { return byte == std::byte{0}; };
  return looksLikeSafetensors(file) && std::ranges::all_of(file.subspan(3, 5), zero);
}

}  // namespace

Opened openWeightsFile(const std::filesystem::path& path) {
  LK_TRY(auto file, MappedFile::open(path));
  const std::span<const std::byte> bytes = file->bytes();
  if (isSurelySafetensors(bytes)) return opened(SafetensorsFile::read(std::move(file)));
  if (looksLikeTorchZip(bytes) || looksLikePickle(bytes)) return opened(TorchFile::read(std::move(file)));
  if (looksLikeSafetensors(bytes)) return opened(SafetensorsFile::read(std::move(file)));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 64));
  for (const auto& stranger : kStrangers) {
    if (text.starts_with(stranger.start)) {
      return Error{ErrorCode::Unsupported, path.string() + " " + stranger.is, {}, path.string()};
    }
  }
  return Error{ErrorCode::Unsupported,
               path.string() + " is not a file of weights: it starts neither as a .safetensors file nor as one that "
                               "PyTorch wrote. Choose another file, or download it again.",
               {},
               path.string()};
}

}  // namespace likeness
