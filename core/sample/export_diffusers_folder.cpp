#include "core/sample/open_model_files.h"
#include "core/weights/layouts/write_model.h"

namespace likeness {

Result<void> exportDiffusersFolder(const StableDiffusion& model, const std::filesystem::path& target,
                                   torch::ScalarType dtype, JobControl* control) {
  try {
    LK_TRY(const auto files, modelFilesOf(model));
    return writeModelFolder(files, target, {}, {.dtype = dtype, .control = control});
  } catch (const ErrorException& exception) {
    return exception.error();
  } catch (const std::filesystem::filesystem_error& exception) {
    return systemError(exception.code().value(), "write the model folder", target.string());
  }
}

}  // namespace likeness
